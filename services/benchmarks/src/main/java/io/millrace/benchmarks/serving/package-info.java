/**
 * The predictor's throughput and latency, also while models change, under overload, and at
 * shutdown.
 */
@NullMarked
package io.millrace.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
