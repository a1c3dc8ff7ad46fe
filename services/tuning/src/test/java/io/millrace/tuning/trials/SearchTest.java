package io.millrace.tuning.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.RecordsForTests;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.trials.Search.Running;
import io.millrace.tuning.trials.TrialResult.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  private static final String SPACE =
      """
        epochs: 6
        patience: 3
        space:
          hidden_layers: {int: [0, 2]}
          units: {int: [2, 16]}
          training.optimizer.learning_rate: {log_float: [1e-4, 1e-1]}
      """;

  private final DecodedRecords records = RecordsForTests.records(240);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  method: random\n  trials: 6\n  validation: {type: kfold, folds: 3}\n",
        "  method: tpe\n  trials: 14\n  validation: holdout\n",
        "  method: random\n  trials: 9\n  parallel: 9\n  pruning: {type: asha, eta: 3}\n"
      })
  void run_oneAndThreeThreads_haveTheSameResults(String method) throws Exception {
    SearchSettings settings = settings(method);

    List<TrialResult> one = run(settings, 1, List.of());
    List<TrialResult> three = run(settings, 3, List.of());

    assertThat(one).hasSize(settings.trials());
    assertThat(without(three)).isEqualTo(without(one));
    assertThat(one).allMatch(result -> result.status() != Status.FAILED);
  }

  @Test
  void run_pruning_givesTrialsUp() throws Exception {
    SearchSettings settings =
        settings("  method: random\n  trials: 9\n  parallel: 9\n  pruning: {type: asha, eta: 3}\n");

    List<TrialResult> results = run(settings, 2, List.of());

    assertThat(results).anyMatch(result -> result.status() == Status.PRUNED);
    assertThat(results)
        .filteredOn(result -> result.status() == Status.PRUNED)
        .allMatch(result -> result.epochs() < 6);
  }

  @Test
  void resume_someTrialsKnown_hasTheSameResultsAndTrainsOnlyTheOthers() throws Exception {
    SearchSettings settings = settings("  method: tpe\n  trials: 14\n  validation: holdout\n");
    List<TrialResult> whole = run(settings, 2, List.of());

    List<TrialResult> resumed = run(settings, 2, List.of(whole.get(0), whole.get(2), whole.get(5)));

    assertThat(without(resumed)).isEqualTo(without(whole));
    assertThat(resumed.get(2)).isSameAs(whole.get(2));
  }

  @Test
  void run_learnableTarget_findsSettingsThatLearnIt() throws Exception {
    SearchSettings settings = settings("  method: random\n  trials: 8\n  validation: holdout\n");

    double best =
        run(settings, 2, List.of()).stream().mapToDouble(TrialResult::score).min().orElseThrow();

    assertThat(best).isLessThan(1); // the variance of the target is 5
  }

  @Test
  void run_impossibleCombination_failsWithItsReasonAndTheSearchGoesOn() throws Exception {
    // Given: units above the bound of the setting only where the choice is taken
    SearchSettings settings =
        SearchSettings.read(
            RecordsForTests.search(
                """
                search:
                  method: grid
                  epochs: 2
                  validation: holdout
                  space:
                    network.layers[0].units: {choice: [4, 0]}
                """));

    List<TrialResult> results = run(settings, 1, List.of());

    assertThat(results).hasSize(2);
    assertThat(results.get(0).status()).isEqualTo(Status.DONE);
    assertThat(results.get(1).status()).isEqualTo(Status.FAILED);
    assertThat(results.get(1).reason().orElseThrow()).contains("units", "is 0", "at least 1");
  }

  @Test
  void require_spaceThatLeadsNowhere_tellsAllProblems() {
    SearchSettings settings =
        SearchSettings.read(
            RecordsForTests.search(
                """
                search:
                  monitor: val_accuracy
                  space:
                    training.batch_size: {int: [-4, 0]}
                    network.layers[0].activation: {choice: [relu, sigmoit]}
                    inputs.x.scale: {choice: [a, b]}
                """));

    assertThatThrownBy(
            () -> models().require(settings.method().space(), settings.judging().monitor()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("search.monitor")
        .hasMessageContaining("inputs.x.scale");
  }

  @Test
  void run_stopped_keepsWhatHasEnded() throws Exception {
    SearchSettings settings = settings("  method: random\n  trials: 40\n  validation: holdout\n");
    List<TrialResult> ended = new ArrayList<>();
    try (Search search =
        new Search(settings, rules(settings), 1, listener(ended), () -> ended.size() >= 5)) {
      List<TrialResult> results = search.run();

      assertThat(results.size()).isBetween(5, 12);
      assertThat(without(run(settings, 2, List.of())))
          .containsAll(without(results)); // none is half a trial
    }
  }

  @Test
  void ensemble_oneMember_hasItsScoreAndMoreHaveTheirMeanPredictions() throws Exception {
    SearchSettings settings =
        settings("  method: random\n  trials: 6\n  validation: {type: kfold, folds: 3}\n");
    List<TrialResult> results = run(settings, 2, List.of());
    TrialResult first = results.get(0);

    Ensemble alone = Ensemble.of(rules(settings), List.of(first), 1, () -> false);
    Ensemble twice = Ensemble.of(rules(settings), List.of(first, first), 2, () -> false);
    Ensemble all = Ensemble.of(rules(settings), results, 2, () -> false);

    // Trained again, a member has the same weights.
    assertThat(alone.uniform()).isCloseTo(first.score(), within(1e-5));
    assertThat(twice.weighted()).isCloseTo(first.score(), within(1e-5));
    // The squared error of a mean is at most the mean of the squared errors.
    double mean = results.stream().mapToDouble(TrialResult::score).average().orElseThrow();
    assertThat(all.uniform()).isLessThan(mean);
    assertThat(all.weighted()).isLessThan(mean);
  }

  private SearchSettings settings(String method) {
    return SearchSettings.read(RecordsForTests.search("search:\n" + method + SPACE));
  }

  private List<TrialResult> run(SearchSettings settings, int threads, List<TrialResult> known)
      throws InterruptedException {
    try (Search search =
        new Search(settings, rules(settings), threads, listener(new ArrayList<>()), () -> false)) {
      search.resume(known);
      return search.run();
    }
  }

  private TrialRules rules(SearchSettings settings) {
    TrainerSettings trainer = RecordsForTests.trainer();
    return new TrialRules(
        models(),
        records,
        settings.judging().splitting().of(records, trainer.learner().validation()),
        settings.judging());
  }

  private static TrialModels models() {
    return new TrialModels(RecordsForTests.file(""), RecordsForTests.trainer().definition());
  }

  private static Search.Listener listener(List<TrialResult> ended) {
    return new Search.Listener() {
      @Override
      public void ended(TrialResult result) {
        ended.add(result);
      }

      @Override
      public void running(List<Running> trials) {}
    };
  }

  /** Returns results without the time that they took. */
  private static List<TrialResult> without(List<TrialResult> results) {
    return results.stream()
        .map(
            result ->
                new TrialResult(
                    result.number(),
                    result.settings(),
                    result.status(),
                    result.scores(),
                    result.score(),
                    result.spread(),
                    result.trainingScore(),
                    result.bestEpoch(),
                    result.reason(),
                    0))
        .toList();
  }
}
