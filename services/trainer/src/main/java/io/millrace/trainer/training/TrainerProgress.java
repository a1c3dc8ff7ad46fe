package io.millrace.trainer.training;

import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.Map;

/**
 * How a trainer stands, at one moment: what terminals and gauges show.
 *
 * @param learning the model's counts, phase, learning rate and scores
 * @param control how it is steered, and what is served
 * @param version the newest checkpoint published or resumed from; 0 before the first
 * @param lag records of the topic that were not fetched yet
 * @param lost records that retention removed before they were read, in this process
 * @param unwritten dead letters and events that brokers did not take, since the trainer last
 *     resumed
 * @param recordsPerSecond records dealt with, lately
 * @param secondsPerStep the time of a step of the optimizer with its share of evaluations, lately
 * @param rejections records rejected since the trainer last resumed, by reason
 * @param secondsByStage what the training thread has spent its time on, since it last resumed
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
    Map<Stage, Double> secondsByStage) {

  /** Before the first record. */
  public static final TrainerProgress NONE =
      new TrainerProgress(
          new Progress(Counts.ZERO, Phase.WARMING, 0, 0, 1, 0, 0, Map.of(), Map.of()),
          ControlStatus.NONE,
          0,
          0,
          0,
          0,
          0,
          0,
          Map.of(),
          Map.of());

  public TrainerProgress {
    rejections = Map.copyOf(rejections);
    secondsByStage = Map.copyOf(secondsByStage);
  }
}
