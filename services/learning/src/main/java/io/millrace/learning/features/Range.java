package io.millrace.learning.features;

/** A closed interval of numbers. */
public record Range(double least, double most) {
  double nearest(double value) {
    return Math.min(most, Math.max(least, value));
  }
}
