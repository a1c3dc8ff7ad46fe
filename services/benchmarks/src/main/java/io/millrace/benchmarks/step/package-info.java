/** The cost of a training step: time beside PyTorch's, allocation, resident memory. */
@NullMarked
package io.millrace.benchmarks.step;

import org.jspecify.annotations.NullMarked;
