package io.millrace.learning.policies;

/**
 * How much smaller the losses of the current weights are than those of other weights, record by
 * record on the same records.
 *
 * <p>Differences within pairs leave out what makes records hard or easy, so that far fewer of them
 * tell two models apart than two means would need. A record whose loss is not finite by either
 * weights says nothing; weights that give none where the others give one are worse without bounds.
 *
 * @param improvement the mean of other loss minus current loss; NaN where nothing was measured
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

  /** Returns 1 where the current weights alone give no loss, -1 where the others alone do, or 0. */
  public static int unmeasuredByCurrent(float otherLoss, float currentLoss) {
    return (Float.isFinite(otherLoss) ? 1 : 0) - (Float.isFinite(currentLoss) ? 1 : 0);
  }

  /** Returns the comparison where the current weights gave no loss of so many more records. */
  public static PairedComparison unmeasured(long records) {
    return new PairedComparison(
        records > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, 0);
  }

  /** Returns whether anything was compared. */
  public boolean isMeasured() {
    return !Double.isNaN(improvement);
  }

  /** Returns whether the improvement exceeds {@code delta} by so many standard errors. */
  public boolean isImprovement(double delta, double standardErrors) {
    return improvement > delta + standardErrors * standardError;
  }

  /** Returns whether the current weights are worse by {@code delta} and so many standard errors. */
  public boolean isWorse(double delta, double standardErrors) {
    return improvement < -(delta + standardErrors * standardError);
  }
}
