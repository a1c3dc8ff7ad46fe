package io.millrace.learning;

import io.millrace.learning.evaluation.BestWeights;
import io.millrace.learning.evaluation.Evaluation;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.model.Weights;
import io.millrace.learning.policies.Comparison;
import io.millrace.learning.policies.Direction;
import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * The value that one policy monitors, and the best weights by that value. Owned by one thread.
 *
 * <p>The loss is compared record by record, in pairs. For another metric, the best weights are
 * scored again on the whole window, because such a metric need not be a mean over records.
 */
final class Monitor {
  private static final String LOSS = "val_loss";

  private final String name;
  private final Direction direction;
  private final Comparison comparison;
  private final BestWeights best;
  private boolean hasBest;
  private boolean measured = true;

  Monitor(String name, Direction direction, Comparison comparison, BestWeights best) {
    this.name = name;
    this.direction = direction;
    this.comparison = comparison;
    this.best = best;
  }

  String name() {
    return name;
  }

  /** Returns whether the value could be measured last time, but not this time. */
  boolean isLost(Evaluation evaluation) {
    boolean before = measured;
    measured = Double.isFinite(value(evaluation));
    return before && !measured;
  }

  /** Returns whether the value, and the comparison if there is one, could be measured. */
  boolean isMeasured(Evaluation evaluation, @Nullable PairedComparison pair) {
    return Double.isFinite(value(evaluation)) && (pair == null || pair.isMeasured());
  }

  double value(Evaluation evaluation) {
    Double value = evaluation.scores().get(name);
    return value == null ? Double.NaN : value;
  }

  /**
   * Compares the best weights with the current ones; {@code null} if recorded numbers are compared.
   */
  @Nullable PairedComparison pair(
      Evaluation evaluation, RollingWindow window, Evaluator evaluator) {
    if (comparison == Comparison.RECORDED || !hasBest) {
      return null;
    }
    if (name.equals(LOSS)) {
      return best.against(evaluation.losses(), window, evaluator);
    }
    double bestValue = best.score(window, evaluator).getOrDefault(name, Double.NaN);
    double difference = value(evaluation) - bestValue;
    return new PairedComparison(direction == Direction.MIN ? -difference : difference, 0);
  }

  /** Remembers the current weights as the best. */
  void improved(Weights current, Evaluation evaluation, RollingWindow window) {
    best.become(current, evaluation.losses(), window);
    hasBest = true;
  }

  boolean hasBest() {
    return hasBest;
  }

  Weights bestWeights() {
    return best.weights();
  }

  void reset() {
    hasBest = false;
  }

  void save(State state) {
    state.put("has_best", hasBest);
    if (hasBest) {
      best.save(state.child("best"));
    }
  }

  void restore(State state) {
    hasBest = state.flag("has_best");
    if (hasBest) {
      best.restore(state.child("best"));
    }
  }
}
