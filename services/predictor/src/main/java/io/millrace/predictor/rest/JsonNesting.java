package io.millrace.predictor.rest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The nesting of lists of elements. Lists have a shape if they are nested evenly. */
final class JsonNesting {
  private static final int MAX_DEPTH = 32;
  private static final int UNKNOWN = -1;

  /** The length of the lists at each depth. */
  private final int[] lengths = new int[MAX_DEPTH + 1];

  private int depth;
  private int elementDepth = UNKNOWN;
  private boolean ragged;

  JsonNesting() {
    Arrays.fill(lengths, UNKNOWN);
  }

  /** Enters a list; returns its depth, 0 for the outermost. */
  int enter(JsonReader json) throws IOException {
    if (depth == MAX_DEPTH) {
      throw json.problem("expected at most %d lists within each other".formatted(MAX_DEPTH));
    }
    return depth++;
  }

  /** Leaves the list at a depth. */
  void leave(int listDepth, int items) {
    ragged |= lengths[listDepth] != UNKNOWN && lengths[listDepth] != items;
    lengths[listDepth] = items;
    depth = listDepth;
  }

  /** Counts an element of the current list. */
  void element() {
    ragged |= elementDepth != UNKNOWN && elementDepth != depth;
    elementDepth = depth;
  }

  /** Returns whether one list holds all elements. */
  boolean isFlat() {
    return lengths[1] == UNKNOWN;
  }

  /** Returns whether all lists at a depth have the same length, and all elements the same depth. */
  boolean isEven() {
    return !ragged && (elementDepth == UNKNOWN || lengths[elementDepth] == UNKNOWN);
  }

  /** Returns the shape of evenly nested lists. */
  List<Long> shape() {
    return Arrays.stream(lengths)
        .takeWhile(length -> length != UNKNOWN)
        .mapToObj(Long::valueOf)
        .toList();
  }
}
