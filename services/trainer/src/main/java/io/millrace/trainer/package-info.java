/**
 * The trainer: {@linkplain io.millrace.trainer.resuming resuming}, then {@linkplain
 * io.millrace.trainer.intake intake}, {@linkplain io.millrace.trainer.training training} and
 * {@linkplain io.millrace.trainer.publishing publishing}. All run on one thread, which alone
 * touches the consumer, the network, the optimizer and the producer.
 */
@NullMarked
package io.millrace.trainer;

import org.jspecify.annotations.NullMarked;
