package io.millrace.learning;

/** How the values of an input are scaled before the network sees them. */
public enum Scaling {
  /** To mean 0 and variance 1, with statistics learned from the trained records. */
  STANDARD,

  /** Not at all. */
  NONE
}
