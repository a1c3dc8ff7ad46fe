/** From a topic to a trained model: throughput, and what the training thread spends its time on. */
@NullMarked
package io.millrace.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
