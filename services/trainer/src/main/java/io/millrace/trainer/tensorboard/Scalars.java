package io.millrace.trainer.tensorboard;

import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.Rival;
import io.millrace.proto.tensorboard.v1.Summary;

/**
 * An evaluation as scalars, by the names of Keras' TensorBoard callback: {@code epoch_} and the
 * score's name. An evaluation is to a stream what the end of an epoch is to a data set.
 */
final class Scalars {
  private static final String PREFIX = "epoch_";
  private static final String HELD_OUT = "val_";

  private Scalars() {}

  /** Returns the tag of a score, the same in both runs. */
  static String tag(String score) {
    return PREFIX + (isHeldOut(score) ? score.substring(HELD_OUT.length()) : score);
  }

  /** Returns whether a score belongs to the run {@code validation}. */
  static boolean isHeldOut(String score) {
    return score.startsWith(HELD_OUT);
  }

  /** Returns the scores of records that were scored before they were trained on, and the rate. */
  static Summary train(Evaluation evaluation) {
    Summary.Builder summary = scores(evaluation, false);
    if (evaluation.getLearningRate() > 0) { // 0 where an old event does not know it
      summary.addValue(Values.scalar(tag("learning_rate"), evaluation.getLearningRate()));
    }
    return summary.build();
  }

  /** Returns the scores of the validation window. */
  static Summary validation(Evaluation evaluation) {
    return scores(evaluation, true).build();
  }

  /** Returns what is known of a rival, by the tags that the combination has. */
  static Summary rival(Rival rival) {
    Summary.Builder summary = Summary.newBuilder();
    if (rival.hasLoss()) {
      summary.addValue(Values.scalar(tag("loss"), rival.getLoss()));
    }
    return summary
        .addValue(Values.scalar(tag("learning_rate"), rival.getLearningRate()))
        .addValue(Values.scalar(tag("share"), rival.getShare()))
        .build();
  }

  private static Summary.Builder scores(Evaluation evaluation, boolean heldOut) {
    Summary.Builder summary = Summary.newBuilder();
    evaluation.getMetricsMap().entrySet().stream()
        .filter(score -> isHeldOut(score.getKey()) == heldOut)
        .forEach(score -> summary.addValue(Values.scalar(tag(score.getKey()), score.getValue())));
    return summary;
  }
}
