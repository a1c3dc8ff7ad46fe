package io.millrace.tuning.trials;

import io.millrace.tuning.search.FinishedTrial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a trial.
 *
 * @param number its number in the search, from 0
 * @param settings the settings that were tried, by the keys of the search space
 * @param status how it ended
 * @param scores the score after each epoch, averaged over the splits
 * @param score the best of them; NaN if the trial failed
 * @param spread the standard deviation of the best epoch's scores over the splits; 0 of one split
 * @param trainingScore the best epoch's score on records that were learned; NaN if unknown
 * @param bestEpoch the epoch of the best score, from 1; 0 if there is none
 * @param reason why it failed; absent if it did not
 * @param seconds how long it took, on one core
 */
public record TrialResult(
    int number,
    Map<String, Object> settings,
    Status status,
    List<Double> scores,
    double score,
    double spread,
    double trainingScore,
    int bestEpoch,
    Optional<String> reason,
    double seconds) {
  public TrialResult {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    scores = List.copyOf(scores);
  }

  /** How a trial ends. */
  public enum Status {
    /** It learned for all epochs. */
    DONE,

    /** It stopped early, since its score did not improve. */
    STOPPED,

    /** The search gave it up, since others were better. */
    PRUNED,

    /** Its settings are impossible, or its loss was not finite. */
    FAILED
  }

  /** Returns how many epochs were learned. */
  public int epochs() {
    return scores.size();
  }

  /** Returns the trial as a search sees it. */
  public FinishedTrial finished(Monitor monitor) {
    List<Double> losses =
        status == Status.FAILED ? List.of() : scores.stream().map(monitor::loss).toList();
    return new FinishedTrial(number, settings, losses, status == Status.PRUNED);
  }
}
