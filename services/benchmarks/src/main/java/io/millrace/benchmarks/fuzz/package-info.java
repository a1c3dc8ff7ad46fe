/** A predictor that is sent what no client should send, and looked at closely meanwhile. */
@NullMarked
package io.millrace.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
