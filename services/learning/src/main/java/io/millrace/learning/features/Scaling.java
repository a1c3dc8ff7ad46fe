package io.millrace.learning.features;

/** How numbers are scaled before the network sees them. */
public enum Scaling {
  /** To mean 0 and variance 1, with statistics learned from the trained records. */
  STANDARD,

  /** To 0 for the smallest number seen and 1 for the largest. */
  MIN_MAX,

  /** By median and quartiles, which outliers do not move. */
  ROBUST,

  /** Not at all. */
  NONE
}
