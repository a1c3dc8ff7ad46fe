package io.millrace.learning.rivals;

import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The losses of rivals on the newest records, and the shares in the answer that follow from them.
 *
 * <p>Each rival's losses are summed up, and what is summed fades: a loss that is {@code memory}
 * records old counts 1/e. Shares of {@link Combine#HEDGE} are in proportion to exp(-{@value #RATE}
 * · sum) [1]. That is a likelihood where a loss is a cross entropy. Any other loss is first divided
 * by twice the lowest mean, as a squared error is in the likelihood of a normal distribution, so
 * that shares do not depend on a label's unit.
 *
 * <p>A newcomer has no share before it was scored on {@code memory} records. Its sum is scaled up
 * to as many records as the others have.
 *
 * <p>Owned by one thread.
 *
 * <p>[1] Y. Freund, R. E. Schapire, A decision-theoretic generalization of on-line learning and an
 * application to boosting, Journal of Computer and System Sciences 55, 1997.
 */
public final class Standings {
  private static final double RATE = 0.1;

  /** What {@code memory} records count, fading, as a share of {@code memory}: 1 - 1/e. */
  private static final double KNOWN = -Math.expm1(-1);

  private final Combine combine;
  private final double memory;
  private final boolean isLikelihood;
  private final double[] sums;
  private final double[] counts;
  private final double[] losses;
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
    counts = new double[rivals];
    losses = new double[rivals];
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

  /** Returns the fading mean of a rival's losses; NaN before the first, and for a newcomer. */
  public double loss(int rival) {
    return sums[rival] / counts[rival];
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
    Arrays.fill(counts, 0);
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
      counts[i] = kept * counts[i] + newRecords;
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

  /** Makes a rival a newcomer, whose losses are forgotten. */
  public void admit(int rival) {
    sums[rival] = 0;
    counts[rival] = 0;
  }

  /**
   * Leaves the shares to some of the rivals until the next {@link #share}, in the proportions that
   * they have.
   */
  public void shareAmong(IntPredicate chosen) {
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = chosen.test(i) ? shares[i] : 0;
      total += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      if (total > 0) {
        shares[i] = (float) (shares[i] / total);
      } else if (chosen.test(i)) {
        shares[i] = 1f / IntStream.range(0, shares.length).filter(chosen).count();
      }
    }
  }

  /** Computes the shares from the losses. At least one rival must have finite ones. */
  public void share() {
    compare(KNOWN * memory);
    int best = best();
    if (losses[best] == Double.POSITIVE_INFINITY) {
      compare(0); // there are only newcomers
      best = best();
    }
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
    state.put("counts", counts);
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
    state.read("counts", counts);
    records = state.decimal("records");
    state.read("carried", carried);
    turns = state.integer("turns");
    takeShares(saved);
  }

  /** Scales the sums up, of newcomers only if they were scored on enough records. */
  private void compare(double enough) {
    for (int i = 0; i < sums.length; i++) {
      boolean isKnown = counts[i] > 0 && (counts[i] == records || counts[i] >= enough);
      losses[i] = isKnown ? sums[i] * (records / counts[i]) : Double.POSITIVE_INFINITY;
    }
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      best = losses[i] < losses[best] ? i : best;
    }
    return best;
  }

  private double weight(int rival, int best) {
    return switch (combine) {
      case HEDGE -> Math.exp(-RATE * (losses[rival] - losses[best]) / unit(losses[best]));
      case PICK -> rival == best ? 1 : 0;
      case AVERAGE -> Double.isFinite(losses[rival]) ? 1 : 0;
    };
  }

  /** Returns what a loss is divided by. */
  private double unit(double lowest) {
    return isLikelihood ? 1 : Math.max(Double.MIN_NORMAL, 2 * Math.abs(lowest) / records);
  }
}
