package io.millrace.cli.tune;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.learning.model.Model;
import io.millrace.tuning.data.Split;
import io.millrace.tuning.data.Splitting;
import io.millrace.tuning.trials.Ensemble;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialRules;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Judges models of a search together, and publishes them where that is asked for. */
final class EnsembleRun {
  private final Together together;
  private final int threads;
  private final @Nullable Publication publication;

  /**
   * @param splitting how the search splits records
   * @throws UsageException if the models cannot be taken together
   */
  EnsembleRun(TuneOptions options, Splitting splitting, Configuration configuration) {
    this.together = options.together();
    this.threads = options.threads();
    if (together.folds() && splitting.kind() != Splitting.Kind.KFOLD) {
      throw new UsageException(
          "--ensemble folds needs folds; allowed: with search.validation of type kfold");
    }
    int count = together.folds() ? splitting.parts() : together.best();
    this.publication =
        together.publish() == null
            ? null
            : Publication.of(configuration, together.publish(), count);
  }

  /**
   * Judges and publishes.
   *
   * @param sorted the trials that have a score, from the best on
   * @return empty if nothing was asked for, or it was stopped
   */
  Optional<EnsembleText> run(TrialRules rules, List<TrialResult> sorted, BooleanSupplier stopped)
      throws InterruptedException {
    List<TrialResult> members = sorted.stream().limit(together.best()).toList();
    if (together.best() == 0 || stopped.getAsBoolean()) {
      return Optional.empty();
    }
    if (members.size() < (together.folds() ? 1 : 2)) {
      return Optional.of(EnsembleText.none());
    }
    Ensemble judged = Ensemble.of(rules, members, threads, stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        together.folds()
            ? folds(rules, members.get(0), judged)
            : trials(rules, members, judged, stopped));
  }

  private EnsembleText folds(TrialRules rules, TrialResult trial, Ensemble judged) {
    Monitor monitor = rules.judging().monitor();
    int folds = rules.splits().size();
    EnsembleText text = EnsembleText.ofFolds(monitor, trial, folds);
    return publication == null
        ? text
        : publication.publish(text, judged.models(), Collections.nCopies(folds, trial), null);
  }

  /** What is published has learned all records, for as many epochs as were best for a part. */
  private @Nullable EnsembleText trials(
      TrialRules rules, List<TrialResult> members, Ensemble judged, BooleanSupplier stopped)
      throws InterruptedException {
    Monitor monitor = rules.judging().monitor();
    double uniform = judged.uniform();
    double weighted = judged.weighted();
    EnsembleText text = EnsembleText.ofTrials(monitor, members, uniform, weighted);
    if (publication == null) {
      return text;
    }
    List<Split> all = List.of(Split.ofAll(rules.records().size()));
    TrialRules whole = new TrialRules(rules.models(), rules.records(), all, rules.judging());
    List<Model> models = Ensemble.of(whole, members, threads, stopped).models();
    double[] weights = monitor.isBetter(weighted, uniform) ? judged.weights() : null;
    return stopped.getAsBoolean() ? null : publication.publish(text, models, members, weights);
  }
}
