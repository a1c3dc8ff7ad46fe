/** What a learner computes on: the host, or a GPU by way of ND4J. */
@NullMarked
package io.millrace.learning.devices;

import org.jspecify.annotations.NullMarked;
