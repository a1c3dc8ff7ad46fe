package io.millrace.learning.layers;

/** The padding beyond the ends of an axis. */
enum Padding {
  /** The window stays on the axis. */
  VALID,
  /** Zeros on both sides, so that stride 1 keeps the length; an odd one goes to the end. */
  SAME,
  /** Zeros before the first place only, so that no position sees later places. */
  CAUSAL
}
