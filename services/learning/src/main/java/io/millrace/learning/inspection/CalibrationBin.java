package io.millrace.learning.inspection;

/**
 * The records whose answer had a probability in one range. Of a calibrated model, the mean
 * probability and the share of right answers are alike.
 *
 * @param lower the bound below the range
 * @param upper the upper bound, which the range includes
 * @param count how many records it has
 * @param confidence the mean probability of their answers; NaN if there are none
 * @param accuracy the share of right answers among them; NaN if there are none
 */
public record CalibrationBin(
    double lower, double upper, long count, double confidence, double accuracy) {}
