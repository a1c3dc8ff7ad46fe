package io.millrace.learning;

import java.util.Map;

/** Something that the learning loop did beyond training on; told in the order of happening. */
public sealed interface LearningEvent {

  /** Returns how many records had been learned from or scored when it happened. */
  long records();

  /** A round began. */
  record RoundStarted(long records, long round, RoundCause cause) implements LearningEvent {}

  /**
   * The model was judged on the validation window.
   *
   * @param scores loss and metrics by Keras' names: {@code val_loss} is of the window, {@code loss}
   *     and {@code rolling_accuracy} are of the records scored lately, with the baselines beside
   */
  record Evaluated(long records, Map<String, Double> scores) implements LearningEvent {}

  /**
   * What a policy watches could not be measured on the window, such as an area under a curve of one
   * class; policies pass over it until it can be again.
   *
   * @param monitor the monitored name
   */
  record Unmeasured(long records, String monitor) implements LearningEvent {}

  /** The learning rate was reduced on a plateau. */
  record LearningRateReduced(long records, double from, double to) implements LearningEvent {}

  /** The round ended, since training did not help any more. */
  record EarlyStopped(long records) implements LearningEvent {}

  /**
   * The errors of the model have risen for good.
   *
   * @param began how many records ago that is estimated to have begun
   */
  record DriftDetected(long records, long began) implements LearningEvent {}

  /**
   * A loss, or an answer to a held-out record, was not finite; training went back to the last good
   * weights.
   *
   * @param failed whether this was once too often and the round has failed
   */
  record Diverged(long records, boolean failed) implements LearningEvent {}
}
