package io.millrace.benchmarks.stream;

import java.util.List;
import java.util.Locale;

/**
 * The activity of the training thread, determined from its stack: the innermost frame with a known
 * name decides.
 */
enum Activity {
  /** Waiting for records and fetching them. */
  POLLING("io.millrace.trainer.intake.RecordIntake#poll"),

  /** Turning bytes into rows, and the holdout hash. */
  DECODING(
      "io.millrace.trainer.decoding.protobuf.LabelledRecordDecoder#decode",
      "io.millrace.trainer.decoding.JsonDecoder#decode",
      "io.millrace.trainer.intake.Holdout#hash"),

  /** Updating the statistics of features, and scaling by them. */
  FEATURES(
      "io.millrace.learning.model.Preprocessing#learn",
      "io.millrace.learning.model.Preprocessing#apply"),

  /** Forward pass, loss, backward pass, optimizer. */
  STEP(
      "io.millrace.learning.training.TrainedNetwork#scoreAndLearn",
      "io.millrace.learning.training.TrainedNetwork#learnAgain"),

  /** Metrics of mini-batches before they are trained, the validation window, and the policies. */
  EVALUATION(
      "io.millrace.learning.evaluation.Prequential#score",
      "io.millrace.learning.Learner#evaluateWindow",
      "io.millrace.learning.Learner#validate"),

  /** Taking and writing checkpoints. */
  CHECKPOINT("io.millrace.trainer.publishing.CheckpointPublisher#publish"),

  /** The loop itself. */
  OTHER;

  private final List<String> frames;

  Activity(String... frames) {
    this.frames = List.of(frames);
  }

  /** Returns the activity of a thread with this stack, innermost frame first. */
  static Activity of(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName() + "#" + frame.getMethodName();
      for (Activity activity : values()) {
        if (activity.frames.contains(name)) {
          return activity;
        }
      }
    }
    return OTHER;
  }

  /** Returns the frames that identify it, as class, {@code #} and method. */
  List<String> frames() {
    return frames;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
