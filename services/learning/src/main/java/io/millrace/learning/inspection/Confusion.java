package io.millrace.learning.inspection;

/** How often each class was answered for each actual class. Immutable. */
public final class Confusion {
  /** The most classes of which a matrix is kept: it grows with their square. */
  public static final int MOST_CLASSES = 256;

  private final long[][] counts; // [actual, predicted]

  /**
   * @param counts {@code [actual][predicted]}; belongs to this object from now on
   */
  Confusion(long[][] counts) {
    this.counts = counts;
  }

  public int classes() {
    return counts.length;
  }

  /** Returns how many records of class {@code actual} got the answer {@code predicted}. */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Returns how many records are of this class. */
  public long support(int actual) {
    long sum = 0;
    for (int predicted = 0; predicted < counts.length; predicted++) {
      sum += counts[actual][predicted];
    }
    return sum;
  }

  /**
   * Returns which share of the records of this class got it as an answer; NaN if there are none.
   */
  public double recall(int actual) {
    return (double) counts[actual][actual] / support(actual);
  }

  /** Returns for which share of these answers the class is right; NaN if there are none. */
  public double precision(int predicted) {
    long sum = 0;
    for (int actual = 0; actual < counts.length; actual++) {
      sum += counts[actual][predicted];
    }
    return (double) counts[predicted][predicted] / sum;
  }

  /** Returns a copy of the counts, {@code [actual][predicted]}. */
  public long[][] toArray() {
    long[][] copy = new long[counts.length][];
    for (int actual = 0; actual < counts.length; actual++) {
      copy[actual] = counts[actual].clone();
    }
    return copy;
  }
}
