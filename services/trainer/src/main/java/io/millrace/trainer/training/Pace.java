package io.millrace.trainer.training;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What time has to say in the training loop.
 *
 * @param maxBatchAge how long the first record of a mini-batch waits at least for it to be full,
 *     before it is trained as it is; only while no further record comes
 * @param nanoTime the time, in nanoseconds from any origin
 */
public record Pace(Duration maxBatchAge, LongSupplier nanoTime) {}
