package io.millrace.tuning.trials;

import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.tuning.data.Split;
import io.millrace.tuning.trials.TrialResult.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One try of some settings: a model for each split, all trained for the same number of epochs.
 *
 * <p>Used by one thread at a time; any may ask how far it is.
 */
final class Trial {
  private final int number;
  private final Map<String, Object> values;
  private final TrialRules rules;
  private final List<SplitTraining> parts = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();
  private volatile @Nullable Status ended;
  private volatile boolean begun;
  private @Nullable String reason;
  private List<State> bestWeights = List.of();
  private double spread;
  private int bestEpoch;
  private long nanos;
  private volatile double best = Double.NaN;
  private volatile int epochs;

  Trial(int number, Map<String, Object> values, TrialRules rules) {
    this.number = number;
    this.values = values;
    this.rules = rules;
  }

  int number() {
    return number;
  }

  Map<String, Object> values() {
    return values;
  }

  /** Returns how many epochs are learned. */
  int epochs() {
    return epochs;
  }

  /** Returns the best score so far; NaN if there is none. */
  double best() {
    return best;
  }

  /** Returns whether it has ended, for whatever reason. */
  boolean hasEnded() {
    return ended != null;
  }

  /** Returns whether its training has begun. */
  boolean hasBegun() {
    return begun;
  }

  /** Returns whether it was given up. */
  boolean isPruned() {
    return ended == Status.PRUNED;
  }

  /** Returns whether it failed. */
  boolean hasFailed() {
    return ended == Status.FAILED;
  }

  /** Learns until so many epochs are learned, or it ends; stops at once if asked. */
  void advance(int until, BooleanSupplier stopped) {
    long begin = System.nanoTime();
    if (parts.isEmpty() && ended == null) {
      begin();
    }
    while (ended == null && epochs < until && !stopped.getAsBoolean()) {
      epoch(stopped);
    }
    if (ended == null && epochs == rules.judging().epochs()) {
      ended = Status.DONE;
    }
    nanos += System.nanoTime() - begin;
  }

  /** Gives the trial up. */
  void prune() {
    if (ended == null) {
      ended = Status.PRUNED;
    }
  }

  /** Returns what came of it. Frees its models. */
  TrialResult result() {
    long begin = System.nanoTime();
    double training = hasFailed() ? Double.NaN : trainingScore();
    nanos += System.nanoTime() - begin;
    parts.clear();
    return new TrialResult(
        number,
        values,
        ended == null ? Status.DONE : ended,
        scores,
        hasFailed() ? Double.NaN : best,
        spread,
        training,
        bestEpoch,
        Optional.ofNullable(reason),
        nanos / 1e9);
  }

  private void begin() {
    begun = true;
    try {
      TrialModel model = rules.models().of(values);
      rules.splits().forEach(split -> parts.add(part(model, split)));
    } catch (InvalidSettingsException e) {
      fail(e.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
  }

  private SplitTraining part(TrialModel model, Split split) {
    return new SplitTraining(model, rules.records(), split);
  }

  private void epoch(BooleanSupplier stopped) {
    double[] each = new double[parts.size()];
    for (int i = 0; i < each.length; i++) {
      SplitTraining part = parts.get(i);
      each[i] = part.epoch(rules.judging().monitor(), rules.judging().shuffling(), epochs, stopped);
      if (stopped.getAsBoolean()) {
        return; // half an epoch is no score
      }
      if (part.hasFailed()) {
        fail("its loss was not finite too often; a lower learning rate may help");
        return;
      }
    }
    judge(each);
  }

  private void judge(double[] each) {
    double score = Arrays.stream(each).sum() / each.length;
    scores.add(score);
    epochs++;
    if (rules.judging().monitor().isBetter(score, best)) {
      best = score;
      bestEpoch = epochs;
      spread =
          Math.sqrt(Arrays.stream(each).map(x -> (x - score) * (x - score)).average().orElse(0));
      bestWeights = parts.stream().map(SplitTraining::weights).toList();
    } else if (epochs - bestEpoch >= rules.judging().patience()) {
      stop();
    }
  }

  private void stop() {
    if (bestEpoch == 0) {
      fail("its score was undefined in each epoch");
    } else if (epochs < rules.judging().epochs()) {
      ended = Status.STOPPED;
    }
  }

  private void fail(String why) {
    ended = Status.FAILED;
    reason = why;
  }

  private double trainingScore() {
    double sum = 0;
    for (int i = 0; i < bestWeights.size(); i++) {
      sum += parts.get(i).trainingScore(rules.judging().monitor(), bestWeights.get(i));
    }
    return bestWeights.isEmpty() ? Double.NaN : sum / bestWeights.size();
  }
}
