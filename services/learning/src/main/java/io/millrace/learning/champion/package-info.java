/** The choice of the served weights: the gate between champion and challenger. */
@NullMarked
package io.millrace.learning.champion;

import org.jspecify.annotations.NullMarked;
