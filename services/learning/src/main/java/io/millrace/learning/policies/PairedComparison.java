package io.millrace.learning.policies;

/**
 * How much smaller the losses of the current weights are than those of other weights, record by
 * record on the same records.
 *
 * <p>Differences within pairs leave out what makes records hard or easy, so that far fewer of them
 * tell two models apart than two means would need.
 *
 * @param improvement the mean of other loss minus current loss; NaN where a loss is
 * @param standardError the standard error of that mean
 */
public record PairedComparison(double improvement, double standardError) {

  /** Compares the losses of the first {@code records} records. */
  public static PairedComparison of(float[] otherLosses, float[] currentLosses, int records) {
    double mean = 0;
    for (int i = 0; i < records; i++) {
      mean += (double) otherLosses[i] - currentLosses[i];
    }
    mean /= records;
    double squares = 0;
    for (int i = 0; i < records; i++) {
      double deviation = (double) otherLosses[i] - currentLosses[i] - mean;
      squares += deviation * deviation;
    }
    double variance = records > 1 ? squares / (records - 1) : 0;
    return new PairedComparison(mean, Math.sqrt(variance / records));
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
