/**
 * The cost of a training step: its time compared with PyTorch's, its allocation, and resident
 * memory.
 */
@NullMarked
package io.millrace.benchmarks.step;

import org.jspecify.annotations.NullMarked;
