/**
 * The trainer: {@linkplain io.millrace.trainer.intake intake}, {@linkplain
 * io.millrace.trainer.training training}, {@linkplain io.millrace.trainer.publishing publishing},
 * and before them {@linkplain io.millrace.trainer.resuming resuming}, on one thread that alone
 * touches consumer, network, optimizer and producer.
 */
@NullMarked
package io.millrace.trainer;

import org.jspecify.annotations.NullMarked;
