package io.millrace.learning.policies;

/**
 * How much smaller the losses of the current weights are than those of other weights, record by
 * record on the same records.
 *
 * <p>Differences within pairs cancel out how hard each record is, so far fewer records tell two
 * models apart than with two means. A record whose loss is finite with neither weights is ignored.
 * Weights without a finite loss where the others have one are infinitely worse.
 *
 * @param improvement the mean of other loss minus current loss; NaN if nothing was measured
 * @param standardError the standard error of that mean
 */
public record PairedComparison(double improvement, double standardError) {

  /** Compares the losses of the first {@code records} records. */
  public static PairedComparison of(float[] otherLosses, float[] currentLosses, int records) {
    int measured = 0;
    int unmeasured = 0;
    double mean = 0;
    for (int i = 0; i < records; i++) {
      if (isMeasured(otherLosses[i], currentLosses[i])) {
        measured++;
        mean += (double) otherLosses[i] - currentLosses[i];
      } else {
        unmeasured += unmeasuredByCurrent(otherLosses[i], currentLosses[i]);
      }
    }
    if (unmeasured != 0) {
      return unmeasured(unmeasured);
    }
    mean /= measured;
    double squares = 0;
    for (int i = 0; i < records; i++) {
      if (isMeasured(otherLosses[i], currentLosses[i])) {
        double deviation = (double) otherLosses[i] - currentLosses[i] - mean;
        squares += deviation * deviation;
      }
    }
    double variance = measured > 1 ? squares / (measured - 1) : 0;
    return new PairedComparison(mean, Math.sqrt(variance / measured));
  }

  /** Returns whether both losses are finite. */
  public static boolean isMeasured(float otherLoss, float currentLoss) {
    return Float.isFinite(otherLoss) && Float.isFinite(currentLoss);
  }

  /** Returns 1 if only the current weights lack a finite loss, -1 if only the others do, else 0. */
  public static int unmeasuredByCurrent(float otherLoss, float currentLoss) {
    return (Float.isFinite(otherLoss) ? 1 : 0) - (Float.isFinite(currentLoss) ? 1 : 0);
  }

  /**
   * Returns the comparison of weights that lack a finite loss for some records.
   *
   * @param records by how many more records the current weights lack one; negative: the others do
   */
  public static PairedComparison unmeasured(long records) {
    return new PairedComparison(
        records > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, 0);
  }

  /** Returns whether anything was compared. */
  public boolean isMeasured() {
    return !Double.isNaN(improvement);
  }

  /** Returns whether the improvement exceeds {@code delta} by a number of standard errors. */
  public boolean isImprovement(double delta, double standardErrors) {
    return improvement > delta + standardErrors * standardError;
  }

  /**
   * Returns whether the current weights are worse by more than {@code delta} plus a number of
   * standard errors.
   */
  public boolean isWorse(double delta, double standardErrors) {
    return improvement < -(delta + standardErrors * standardError);
  }
}
