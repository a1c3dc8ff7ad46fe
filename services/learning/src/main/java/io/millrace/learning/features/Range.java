package io.millrace.learning.features;

/** The numbers from one to another. */
public record Range(double least, double most) {
  double nearest(double value) {
    return Math.min(most, Math.max(least, value));
  }
}
