package io.millrace.learning;

import io.millrace.learning.evaluation.BestWeights;
import io.millrace.learning.evaluation.Evaluation;
import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.evaluation.TrainingDecision;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Weights;
import io.millrace.learning.policies.EarlyStopping;
import io.millrace.learning.policies.EarlyStoppingSettings;
import io.millrace.learning.policies.PairedComparison;
import io.millrace.learning.policies.ReduceLearningRateOnPlateau;
import io.millrace.learning.policies.ReduceLearningRateSettings;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Early stopping and learning-rate reduction, each with its own best weights. They only advise; the
 * learner acts. Owned by one thread.
 */
final class Policies {
  private final Evaluator evaluator;
  private final RollingWindow window;
  private final Optional<Stopping> stopping;
  private final Optional<Plateau> plateau;

  Policies(
      ModelDefinition definition,
      LearnerSettings settings,
      Evaluator evaluator,
      RollingWindow window) {
    this.evaluator = evaluator;
    this.window = window;
    Supplier<BestWeights> reference =
        () -> new BestWeights(new Weights(definition), window.capacity());
    stopping = settings.earlyStopping().map(chosen -> Stopping.of(chosen, reference.get()));
    plateau = settings.reduceLearningRate().map(chosen -> Plateau.of(chosen, reference.get()));
  }

  /** Returns the monitored names that have just become unmeasurable. */
  List<String> lost(Evaluation evaluation) {
    return Stream.concat(
            stopping.map(Stopping::monitor).stream(), plateau.map(Plateau::monitor).stream())
        .filter(monitor -> monitor.isLost(evaluation))
        .map(Monitor::name)
        .distinct()
        .toList();
  }

  TrainingDecision after(Evaluation evaluation, Weights current, double learningRate) {
    boolean stop = stopping.isPresent() && advisesStop(stopping.get(), evaluation, current);
    double rate =
        plateau.isPresent()
            ? advisedRate(plateau.get(), evaluation, current, learningRate)
            : learningRate;
    return new TrainingDecision(stop, rate);
  }

  /** Returns the weights to end a round with, if they are not the current ones. */
  Optional<Weights> atEnd() {
    return stopping
        .filter(Stopping::restoresBest)
        .map(Stopping::monitor)
        .filter(Monitor::hasBest)
        .map(Monitor::bestWeights);
  }

  /** Begins a new round. */
  void reset() {
    stopping.ifPresent(
        policy -> {
          policy.policy().reset();
          policy.monitor().reset();
        });
    plateau.ifPresent(
        policy -> {
          policy.policy().reset();
          policy.monitor().reset();
        });
  }

  void save(State state) {
    stopping.ifPresent(
        policy -> {
          policy.policy().save(state.child("early_stopping"));
          policy.monitor().save(state.child("early_stopping/monitor"));
        });
    plateau.ifPresent(
        policy -> {
          policy.policy().save(state.child("reduce_lr_on_plateau"));
          policy.monitor().save(state.child("reduce_lr_on_plateau/monitor"));
        });
  }

  /** Restores the saved policies; a policy that was not saved starts anew. */
  void restore(State state) {
    stopping
        .filter(policy -> state.has("early_stopping/waited"))
        .ifPresent(
            policy -> {
              policy.policy().restore(state.child("early_stopping"));
              policy.monitor().restore(state.child("early_stopping/monitor"));
            });
    plateau
        .filter(policy -> state.has("reduce_lr_on_plateau/waited"))
        .ifPresent(
            policy -> {
              policy.policy().restore(state.child("reduce_lr_on_plateau"));
              policy.monitor().restore(state.child("reduce_lr_on_plateau/monitor"));
            });
  }

  private boolean advisesStop(Stopping chosen, Evaluation evaluation, Weights current) {
    Monitor monitor = chosen.monitor();
    PairedComparison pair = monitor.pair(evaluation, window, evaluator);
    if (!monitor.isMeasured(evaluation, pair)) {
      chosen.policy().passOver();
      return false;
    }
    EarlyStopping.Advice advice = chosen.policy().after(monitor.value(evaluation), pair);
    if (advice == EarlyStopping.Advice.IMPROVED) {
      monitor.improved(current, evaluation, window);
    }
    return advice == EarlyStopping.Advice.STOP;
  }

  private double advisedRate(
      Plateau chosen, Evaluation evaluation, Weights current, double learningRate) {
    Monitor monitor = chosen.monitor();
    PairedComparison pair = monitor.pair(evaluation, window, evaluator);
    if (!monitor.isMeasured(evaluation, pair)) {
      return learningRate;
    }
    double rate = chosen.policy().after(monitor.value(evaluation), pair, learningRate);
    if (chosen.policy().hasImproved()) {
      monitor.improved(current, evaluation, window);
    }
    return rate;
  }

  private record Stopping(EarlyStopping policy, Monitor monitor, boolean restoresBest) {
    static Stopping of(EarlyStoppingSettings chosen, BestWeights best) {
      return new Stopping(
          new EarlyStopping(chosen),
          new Monitor(chosen.monitor(), chosen.direction(), chosen.comparison(), best),
          chosen.restoreBestWeights());
    }
  }

  private record Plateau(ReduceLearningRateOnPlateau policy, Monitor monitor) {
    static Plateau of(ReduceLearningRateSettings chosen, BestWeights best) {
      return new Plateau(
          new ReduceLearningRateOnPlateau(chosen),
          new Monitor(chosen.monitor(), chosen.direction(), chosen.comparison(), best));
    }
  }
}
