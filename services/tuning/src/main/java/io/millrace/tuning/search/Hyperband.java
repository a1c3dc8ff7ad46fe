package io.millrace.tuning.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brackets from many trials with few epochs to few trials with all epochs: L. Li et al.,
 * "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization", JMLR 18, 2018.
 *
 * <p>A bracket is a generation. Its rungs keep the best {@code 1/eta} of its own trials; nobody is
 * compared with another bracket. After the last bracket the first begins again. Immutable.
 */
public final class Hyperband implements Pruner {
  private final List<Bracket> brackets;

  /**
   * One bracket.
   *
   * @param trials how many trials begin each rung; the last count trains to the end
   * @param epochs after how many epochs in all each rung ends; the last is the whole budget
   */
  public record Bracket(List<Integer> trials, List<Integer> epochs) {}

  /**
   * @param epochs the most that a trial may train
   * @param eta one of so many trials goes on at a rung
   */
  public Hyperband(int epochs, int eta) {
    List<Bracket> made = new ArrayList<>();
    for (int s = mostHalvings(epochs, eta); s >= 0; s--) {
      made.add(bracket(epochs, eta, s));
    }
    this.brackets = List.copyOf(made);
  }

  public List<Bracket> brackets() {
    return brackets;
  }

  @Override
  public int width(int generation) {
    return bracketOf(generation).trials().get(0);
  }

  @Override
  public List<Integer> rungs(int generation) {
    List<Integer> epochs = bracketOf(generation).epochs();
    return epochs.subList(0, epochs.size() - 1);
  }

  @Override
  public Set<Integer> promoted(
      int generation, int epochs, Map<Integer, Double> scores, List<FinishedTrial> earlier) {
    Bracket bracket = bracketOf(generation);
    int next = bracket.trials().get(bracket.epochs().indexOf(epochs) + 1);
    return SuccessiveHalving.best(scores, Math.max(1, next));
  }

  private Bracket bracketOf(int generation) {
    return brackets.get(generation % brackets.size());
  }

  private static int mostHalvings(int epochs, int eta) {
    int halvings = 0;
    for (long budget = eta; budget <= epochs; budget *= eta) {
      halvings++;
    }
    return halvings;
  }

  /** The paper's n and r of bracket s: n = ceil((s_max + 1) / (s + 1) * eta^s), r = R * eta^-s. */
  private static Bracket bracket(int epochs, int eta, int s) {
    int most = mostHalvings(epochs, eta);
    double power = Math.pow(eta, s);
    int width = (int) Math.ceil((most + 1) * power / (s + 1) - 1e-9);
    List<Integer> trials = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i <= s; i++) {
      trials.add((int) (width / Math.pow(eta, i)));
      ends.add((int) Math.max(1, Math.rint(epochs * Math.pow(eta, i - s))));
    }
    return new Bracket(List.copyOf(trials), List.copyOf(ends));
  }
}
