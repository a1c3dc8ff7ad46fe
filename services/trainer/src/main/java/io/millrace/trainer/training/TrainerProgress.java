package io.millrace.trainer.training;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.List;
import java.util.Map;

/**
 * The progress of a trainer at one moment, for terminals and gauges.
 *
 * @param learning the model's counts, phase, learning rate and scores
 * @param control the state of its control, with the served version
 * @param version the newest checkpoint published or resumed from; 0 before the first
 * @param lag how many records of the topic have not been fetched yet
 * @param lost how many records this process could not read because retention removed them
 * @param unwritten dead letters and events that the brokers refused, since the last resume
 * @param recordsPerSecond the recent rate of processed records
 * @param secondsPerStep the recent time of an optimizer step, with its share of evaluations
 * @param rejections records rejected since the last resume, by reason
 * @param problems the most frequent problems of the model's rejected records, the most frequent
 *     first
 * @param secondsByStage the training thread's time in each stage, since the last resume
 */
public record TrainerProgress(
    Progress learning,
    ControlStatus control,
    long version,
    long lag,
    long lost,
    long unwritten,
    double recordsPerSecond,
    double secondsPerStep,
    Map<Reason, Long> rejections,
    List<StoredRejection> problems,
    Map<Stage, Double> secondsByStage) {

  /** The progress before the first record. */
  public static final TrainerProgress NONE =
      new TrainerProgress(
          new Progress(Counts.ZERO, Phase.WARMING, 0, 0, 1, 0, 0, Map.of(), Map.of(), List.of()),
          ControlStatus.NONE,
          0,
          0,
          0,
          0,
          0,
          0,
          Map.of(),
          List.of(),
          Map.of());

  public TrainerProgress {
    rejections = Map.copyOf(rejections);
    problems = List.copyOf(problems);
    secondsByStage = Map.copyOf(secondsByStage);
  }
}
