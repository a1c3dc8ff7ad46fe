package io.millrace.tuning.trials;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.settings.Section;
import io.millrace.tuning.search.SearchMethod;
import java.util.Map;
import java.util.TreeMap;

/**
 * The section {@code search}: what is tried, and how it is judged.
 *
 * @param method what is proposed, and what is given up
 * @param trials how many trials there are, at most
 * @param identity the section as JSON, without the number of trials: equal ones make equal trials
 */
public record SearchSettings(SearchMethod method, int trials, Judging judging, String identity) {
  private static final String TRIALS = "trials";

  /** Reads the section. Problems are reported there. */
  public static SearchSettings read(Section search) {
    int trials = search.integer(TRIALS, "how many settings are tried").atLeast(1).orElse(20);
    Judging judging = Judging.read(search);
    return new SearchSettings(
        SearchMethod.read(search, judging.seed(), judging.epochs()),
        trials,
        judging,
        identity(search));
  }

  /** Returns these settings with another number of trials. */
  public SearchSettings withTrials(int number) {
    return new SearchSettings(method, number, judging, identity);
  }

  private static String identity(Section search) {
    Map<String, Object> tree = new TreeMap<>(search.tree());
    tree.remove(TRIALS);
    return DefinitionJson.write(tree);
  }
}
