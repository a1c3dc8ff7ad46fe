package io.millrace.learning;

import io.millrace.learning.evaluation.BaselineComparison;
import io.millrace.learning.evaluation.Evaluation;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.evaluation.Slices;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Map;

/** The rolling window of held-out records, and what weights score on it. Owned by one thread. */
final class Validation {
  private final ValidationSettings settings;
  private final Slices slices;
  private final RollingWindow window;
  private final Evaluator evaluator;
  private final float[] losses;
  private Map<String, Double> scores = Map.of();
  private List<BaselineComparison> comparisons = List.of();

  Validation(ModelDefinition definition, ValidationSettings settings, Kernels kernels) {
    this.settings = settings;
    slices = new Slices(settings.slices());
    window =
        new RollingWindow(
            settings.window(), definition.inputWidths(), definition.labelWidths(), slices.count());
    evaluator = new Evaluator(definition, kernels);
    losses = new float[settings.window()];
  }

  RollingWindow window() {
    return window;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  RecordContext newContext() {
    return new RecordContext(slices.count());
  }

  /** Returns the scores of the newest evaluation; empty before the first. */
  Map<String, Double> scores() {
    return scores;
  }

  /** Returns the weights of the newest evaluation beside the baselines, by output. */
  List<BaselineComparison> comparisons() {
    return comparisons;
  }

  /**
   * Adds the decoded row to the window.
   *
   * @param timeMillis when the record happened
   */
  void add(ExampleBatch batch, RecordContext context, long timeMillis) {
    window.add(batch, batch.size(), timeMillis);
    for (int slice = 0; slice < slices.count(); slice++) {
      window.setSlice(slice, slices.number(slice, context.slice(slice)));
    }
  }

  /** Drops the records that are older than the settings allow. */
  void expire(long nowMillis) {
    settings.expire(window, nowMillis);
  }

  /** Returns whether the window has as many records as the settings ask for. */
  boolean isEnough() {
    return window.size() >= settings.minimumWindow();
  }

  /**
   * Scores weights on the window.
   *
   * @param lastGood weights whose predictions were finite; where theirs are not, nobody's need be
   */
  Evaluation evaluate(Weights weights, Weights lastGood) {
    scores = evaluator.score(weights, window, window.oldest(), losses);
    int answered = evaluator.answered();
    comparisons = evaluator.comparisons();
    scores.putAll(evaluator.scoreSlices(window, slices));
    boolean servable =
        answered == window.size()
            || answered >= evaluator.answered(lastGood, window, window.oldest());
    return new Evaluation(scores, losses, servable);
  }

  void save(State state) {
    window.save(state.child("window"));
    slices.save(state.child("slices"));
    state.putDecimals("validation", scores);
  }

  void restore(State state) {
    window.restore(state.child("window"));
    slices.restore(state.child("slices"));
    scores = state.decimalsByName("validation");
  }
}
