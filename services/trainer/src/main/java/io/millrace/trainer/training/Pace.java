package io.millrace.trainer.training;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The influence of time on the training loop.
 *
 * @param maxBatchAge how long a mini-batch that is not full waits while no more records come,
 *     counted from its first record; then it is trained as it is
 * @param nanoTime the time in nanoseconds, from any origin
 */
public record Pace(Duration maxBatchAge, LongSupplier nanoTime) {}
