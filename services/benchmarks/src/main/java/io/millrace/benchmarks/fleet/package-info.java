/** Fleets: thousands of models on one topic, and processes that are killed. */
@NullMarked
package io.millrace.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
