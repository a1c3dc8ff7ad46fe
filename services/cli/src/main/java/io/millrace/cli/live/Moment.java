package io.millrace.cli.live;

import io.millrace.learning.Counts;
import io.millrace.trainer.training.TrainerProgress;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a trainer at one moment.
 *
 * @param progress the newest measurement
 * @param recordsPerSecond the rate of the last seconds
 * @param reasons why the process is not ready, by part
 * @param remarks what its operator should know, by part
 */
public record Moment(
    TrainerProgress progress,
    double recordsPerSecond,
    Map<String, String> reasons,
    Map<String, String> remarks) {

  public Moment {
    reasons = Map.copyOf(reasons);
    remarks = Map.copyOf(remarks);
  }

  /** Returns the moment of a trainer of which only its progress is known. */
  public static Moment of(TrainerProgress progress) {
    return new Moment(progress, progress.recordsPerSecond(), Map.of(), Map.of());
  }

  Counts counts() {
    return progress.learning().counts();
  }

  /** Returns whether the trainer has begun to read its topic. */
  boolean hasBegun() {
    return !progress.equals(TrainerProgress.NONE);
  }

  /** Returns reasons and remarks, by part in order. */
  Map<String, String> notes() {
    Map<String, String> notes = new TreeMap<>(remarks);
    notes.putAll(reasons);
    notes.remove("lifecycle"); // that it starts or stops is seen
    return notes;
  }
}
