package io.millrace.learning.layers;

/** What a window meets beyond the ends of an axis. */
enum Padding {
  /** The window stays on the axis. */
  VALID,
  /** Zeros on both sides, so that stride 1 keeps the length; the odd one goes to the end. */
  SAME,
  /** Zeros before the first place only, so that no position sees what comes after it. */
  CAUSAL
}
