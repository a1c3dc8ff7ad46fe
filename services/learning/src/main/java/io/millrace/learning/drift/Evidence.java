package io.millrace.learning.drift;

/**
 * How near a drift detector is to signalling a drift. Where there is one, the statistic is at least
 * the threshold, and nowhere else above it. Both are in the detector's own unit.
 *
 * @param statistic the newest value of what it tests
 * @param threshold what that is compared with
 */
public record Evidence(double statistic, double threshold) {}
