package io.millrace.tuning.trials;

import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.Split;
import java.util.List;

/**
 * What all trials of a search have in common.
 *
 * @param models makes the model of a trial
 * @param records what is learned
 * @param splits which of them a trial's models learn, and which judge
 */
public record TrialRules(
    TrialModels models, DecodedRecords records, List<Split> splits, Judging judging) {
  public TrialRules {
    splits = List.copyOf(splits);
  }
}
