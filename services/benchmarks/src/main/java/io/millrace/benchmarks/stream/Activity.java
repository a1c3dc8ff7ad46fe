package io.millrace.benchmarks.stream;

import java.util.List;
import java.util.Locale;

/**
 * What the training thread is doing, as its stack tells: the innermost frame that one of these
 * names decides.
 */
enum Activity {
  /** Waiting for records and fetching them. */
  POLLING("io.millrace.trainer.intake.RecordIntake#poll"),

  /** Turning bytes into rows, and the holdout rule. */
  DECODING(
      "io.millrace.trainer.decoding.protobuf.LabelledRecordDecoder#decode",
      "io.millrace.trainer.decoding.JsonDecoder#decode",
      "io.millrace.trainer.intake.Holdout#hash"),

  /** Learning the statistics of features and scaling by them. */
  FEATURES(
      "io.millrace.learning.model.Preprocessing#learn",
      "io.millrace.learning.model.Preprocessing#apply"),

  /** Forward pass, loss, backward pass, optimizer. */
  STEP(
      "io.millrace.learning.TrainedNetwork#scoreAndLearn",
      "io.millrace.learning.TrainedNetwork#learnAgain"),

  /** Metrics of mini-batches before they are learned, the validation window, the policies. */
  EVALUATION(
      "io.millrace.learning.evaluation.Prequential#score",
      "io.millrace.learning.Learner#evaluate",
      "io.millrace.learning.Learner#validate"),

  /** Taking and writing checkpoints. */
  CHECKPOINT("io.millrace.trainer.publishing.CheckpointPublisher#publish"),

  /** The loop itself. */
  OTHER;

  private final List<String> frames;

  Activity(String... frames) {
    this.frames = List.of(frames);
  }

  /** Returns what a thread with this stack does; the innermost frame is the first. */
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

  /** Returns the frames that it is known by, as class, {@code #} and method. */
  List<String> frames() {
    return frames;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
