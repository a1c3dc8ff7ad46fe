package io.millrace.learning.losses;

/** The index of a class, stored in a target as a float. */
final class ClassIndex {
  private ClassIndex() {}

  static int of(float[] targets, int row, int classes) {
    int index = (int) targets[row];
    if (index != targets[row] || index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "target " + targets[row] + " is not the index of one of " + classes + " classes");
    }
    return index;
  }
}
