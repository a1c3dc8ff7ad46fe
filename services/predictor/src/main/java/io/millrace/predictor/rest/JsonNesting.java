package io.millrace.predictor.rest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** How lists of elements are nested: alike, so that they have a shape, or not. */
final class JsonNesting {
  private static final int MAX_DEPTH = 32;
  private static final int UNKNOWN = -1;

  /** By depth, how long the lists are. */
  private final int[] lengths = new int[MAX_DEPTH + 1];

  private int depth;
  private int elementDepth = UNKNOWN;
  private boolean ragged;

  JsonNesting() {
    Arrays.fill(lengths, UNKNOWN);
  }

  /** Takes note that a list begins; returns its depth, 0 for the outermost. */
  int enter(JsonReader json) throws IOException {
    if (depth == MAX_DEPTH) {
      throw json.problem("expected at most %d lists within each other".formatted(MAX_DEPTH));
    }
    return depth++;
  }

  /** Takes note that the list of a depth ends. */
  void leave(int listDepth, int items) {
    ragged |= lengths[listDepth] != UNKNOWN && lengths[listDepth] != items;
    lengths[listDepth] = items;
    depth = listDepth;
  }

  /** Takes note of an element in the list at hand. */
  void element() {
    ragged |= elementDepth != UNKNOWN && elementDepth != depth;
    elementDepth = depth;
  }

  /** Returns whether one list holds all elements. */
  boolean isFlat() {
    return lengths[1] == UNKNOWN;
  }

  /** Returns whether all lists of a depth are of one length, and all elements at one depth. */
  boolean isEven() {
    return !ragged && (elementDepth == UNKNOWN || lengths[elementDepth] == UNKNOWN);
  }

  /** Returns the shape of lists that are even. */
  List<Long> shape() {
    return Arrays.stream(lengths)
        .takeWhile(length -> length != UNKNOWN)
        .mapToObj(Long::valueOf)
        .toList();
  }
}
