package io.millrace.tuning.rates;

/**
 * The exponential moving average of a loss, corrected for its start at zero (D. P. Kingma, J. Ba,
 * Adam, ICLR 2015, section 3). Confined to one thread.
 */
final class SmoothedLoss {
  private final double kept;
  private double average;
  private double weight;

  /**
   * @param kept the share of the average that a step keeps, from 0 to below 1
   */
  SmoothedLoss(double kept) {
    this.kept = kept;
  }

  /** Adds a loss and returns the smoothed one. */
  double add(double loss) {
    average = kept * average + (1 - kept) * loss;
    weight = kept * weight + (1 - kept);
    return average / weight;
  }
}
