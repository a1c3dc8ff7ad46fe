/** The devices that a learner computes on: the host, or a GPU through ND4J. */
@NullMarked
package io.millrace.learning.devices;

import org.jspecify.annotations.NullMarked;
