package io.millrace.learning.targets;

/** How the targets of an output are scaled while the network learns them. */
public enum TargetScaling {
  /** To mean 0 and variance 1, with statistics learned from the trained records. */
  STANDARD,

  /** The natural logarithm of 1 + target, then as {@link #STANDARD}. Targets are above -1. */
  LOG,

  /** Not at all. */
  NONE;

  /** Returns whether a target has a scaled value. */
  public boolean takes(float target) {
    return this != LOG || target > -1;
  }
}
