package io.millrace.learning;

import io.millrace.learning.evaluation.BaselineComparison.Score;
import java.util.List;
import java.util.Map;

/** Something that happened in the learning loop besides plain training. Events come in order. */
public sealed interface LearningEvent {

  /** Returns how many records had been trained on or scored when it happened. */
  long records();

  /** A round began. */
  record RoundStarted(long records, long round, RoundCause cause) implements LearningEvent {}

  /**
   * The model was evaluated on the validation window.
   *
   * @param learningRate the rate of the next step
   * @param scores loss and metrics by Keras' names: {@code val_loss} is of the window; {@code loss}
   *     and {@code rolling_accuracy} are of recently scored records; the baselines of both are
   *     beside them
   * @param rivals the learners whose answers are combined; empty if there is only one
   */
  record Evaluated(
      long records, double learningRate, Map<String, Double> scores, List<RivalProgress> rivals)
      implements LearningEvent {}

  /**
   * On the validation window, the model has become no better than a constant answer, the most
   * frequent class or the mean; or it has become better again.
   *
   * @param score the model's score: an accuracy, or a mean absolute error
   * @param baseline the same score of the constant answer
   */
  record BaselineCompared(long records, Score score, Score baseline, boolean better)
      implements LearningEvent {}

  /**
   * A monitored value could not be measured on the window, such as the area under a curve of only
   * one class. Policies skip evaluations until it can be measured again.
   *
   * @param monitor the monitored name
   */
  record Unmeasured(long records, String monitor) implements LearningEvent {}

  /** The learning rate was reduced on a plateau. */
  record LearningRateReduced(long records, double from, double to) implements LearningEvent {}

  /** The round ended, because training no longer improved the model. */
  record EarlyStopped(long records) implements LearningEvent {}

  /**
   * The model's errors have risen lastingly.
   *
   * @param began how many records ago the rise began, by estimate
   */
  record DriftDetected(long records, long began) implements LearningEvent {}

  /**
   * A loss, or a prediction for a held-out record, was not finite. Training went back to the last
   * good weights.
   *
   * @param failed whether this was one divergence too many, so that the round failed
   */
  record Diverged(long records, boolean failed) implements LearningEvent {}

  /**
   * A rival was replaced.
   *
   * @param fell the name of the rival that is gone
   * @param share its mean weight in the combined answer since the last replacement
   * @param came the name of the rival in its place
   * @param changes what its settings change, in words
   * @param cause why the first one fell
   */
  record RivalReplaced(
      long records, String fell, double share, String came, String changes, FallCause cause)
      implements LearningEvent {}

  /** Why a rival fell. */
  enum FallCause {
    /** It carried the least weight when the tournament's turn came. */
    LEAST_WEIGHT,

    /** Its loss was not finite. It begins again from the leader, under its own name. */
    DIVERGED
  }
}
