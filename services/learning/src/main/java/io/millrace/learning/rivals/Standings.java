package io.millrace.learning.rivals;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * The losses of rivals on the newest records, and the shares in the answer that follow from them.
 *
 * <p>Each rival's losses are summed up, and what is summed fades: a loss that is {@code memory}
 * records old counts 1/e. Shares of {@link Combine#HEDGE} are in proportion to exp(-{@value #RATE}
 * · sum) [1]. That is a likelihood where a loss is a cross entropy. Any other loss is first divided
 * by twice the lowest mean, as a squared error is in the likelihood of a normal distribution, so
 * that shares do not depend on a label's unit. A newcomer begins with the sum of the worst.
 *
 * <p>Owned by one thread.
 *
 * <p>[1] Y. Freund, R. E. Schapire, A decision-theoretic generalization of on-line learning and an
 * application to boosting, Journal of Computer and System Sciences 55, 1997.
 */
public final class Standings {
  private static final double RATE = 0.1;

  private final Combine combine;
  private final double memory;
  private final boolean isLikelihood;
  private final double[] sums;
  private final double[] weights;
  private final float[] shares;
  private final double[] carried;
  private double records;
  private long turns;

  /**
   * @param memory in records
   * @param isLikelihood whether losses are cross entropies
   */
  public Standings(int rivals, Combine combine, int memory, boolean isLikelihood) {
    this.combine = combine;
    this.memory = memory;
    this.isLikelihood = isLikelihood;
    sums = new double[rivals];
    weights = new double[rivals];
    shares = new float[rivals];
    carried = new double[rivals];
    reset();
  }

  /** Returns the shares of the rivals in the answer, not a copy; their sum is 1. */
  public float[] shares() {
    return shares;
  }

  /** Returns the rival with the largest share, the first of equal ones. */
  public int leader() {
    int leader = 0;
    for (int i = 1; i < shares.length; i++) {
      leader = shares[i] > shares[leader] ? i : leader;
    }
    return leader;
  }

  /** Returns the fading mean of a rival's losses; NaN before the first. */
  public double loss(int rival) {
    return sums[rival] / records;
  }

  /** Returns a rival's mean share since the last {@link #beginTurn}. */
  public double carried(int rival) {
    return turns == 0 ? shares[rival] : carried[rival] / turns;
  }

  /** Begins to take the mean of shares. */
  public void beginTurn() {
    Arrays.fill(carried, 0);
    turns = 0;
  }

  /** Forgets all losses; shares are equal. */
  public void reset() {
    Arrays.fill(sums, 0);
    records = 0;
    Arrays.fill(shares, 1f / shares.length);
    beginTurn();
  }

  /** Takes over the shares of other weights until the next {@link #share}. */
  public void takeShares(float[] others) {
    System.arraycopy(others, 0, shares, 0, shares.length);
  }

  /** Makes room for the losses of so many records, which {@link #add} tells. */
  public void fade(int newRecords) {
    double kept = Math.exp(-newRecords / memory);
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= kept;
    }
    records = kept * records + newRecords;
  }

  /**
   * Adds the losses of a rival on the newest records.
   *
   * @param loss their sum; if it is infinite, the rival gets no share until it is admitted again
   */
  public void add(int rival, double loss) {
    sums[rival] += loss;
  }

  /** Gives a rival that begins again the losses of the worst of the others. */
  public void admit(int rival) {
    double worst = 0;
    for (int i = 0; i < sums.length; i++) {
      if (i != rival && Double.isFinite(sums[i])) {
        worst = Math.max(worst, sums[i]);
      }
    }
    sums[rival] = worst;
  }

  /** Computes the shares from the losses. At least one rival must have finite ones. */
  public void share() {
    int best = best();
    double total = 0;
    for (int i = 0; i < sums.length; i++) {
      weights[i] = weight(i, best);
      total += weights[i];
    }
    for (int i = 0; i < sums.length; i++) {
      shares[i] = (float) (weights[i] / total);
      carried[i] += shares[i];
    }
    turns++;
  }

  public void save(State state) {
    state.put("sums", sums);
    state.put("records", records);
    state.put("carried", carried);
    state.put("turns", turns);
  }

  /**
   * Restores what {@link #save} saved.
   *
   * @param saved the shares, which are saved with the weights
   */
  public void restore(State state, float[] saved) {
    state.read("sums", sums);
    records = state.decimal("records");
    state.read("carried", carried);
    turns = state.integer("turns");
    takeShares(saved);
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      best = sums[i] < sums[best] ? i : best;
    }
    return best;
  }

  private double weight(int rival, int best) {
    return switch (combine) {
      case HEDGE -> Math.exp(-RATE * (sums[rival] - sums[best]) / unit(sums[best]));
      case PICK -> rival == best ? 1 : 0;
      case AVERAGE -> Double.isFinite(sums[rival]) ? 1 : 0;
    };
  }

  /** Returns what a loss is divided by. */
  private double unit(double lowest) {
    return isLikelihood ? 1 : Math.max(Double.MIN_NORMAL, 2 * Math.abs(lowest) / records);
  }
}
