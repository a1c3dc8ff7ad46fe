package io.millrace.learning.features;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * Terms numbered in the order of their first occurrence, up to a limit. A list holds the terms, and
 * an open-addressing hash table of their positions is at most half full.
 *
 * <p>A term keeps its number, so a vocabulary that has grown still fits earlier weights. Copies of
 * one vocabulary differ only at their ends, so only the ends are copied.
 */
final class Vocabulary implements TermNumbers {
  private static final int NOTHING = -1;
  private static final int SMALLEST = 16;

  private final int limit;
  private final boolean learns;
  private long[] terms = new long[SMALLEST];
  private int[] slots = emptySlots(SMALLEST);
  private int size;

  Vocabulary(int limit, boolean learns) {
    this.limit = limit;
    this.learns = learns;
  }

  @Override
  public int numberOf(long term) {
    return slots[slotOf(term)] + 1;
  }

  @Override
  public void learn(long term) {
    if (learns && size < limit) {
      add(term);
    }
  }

  /** Adds a term unless it is known. */
  void add(long term) {
    if (numberOf(term) == 0) {
      if (size == terms.length) {
        terms = Arrays.copyOf(terms, 2 * size);
        rebuild();
      }
      slots[slotOf(term)] = size;
      terms[size++] = term;
    }
  }

  @Override
  public void copyFrom(TermNumbers source) {
    Vocabulary other = (Vocabulary) source;
    int both = Math.min(size, other.size);
    int mismatch = Arrays.mismatch(terms, 0, both, other.terms, 0, both);
    int same = mismatch < 0 ? both : mismatch;
    if (same < size) {
      size = same;
      rebuild();
    }
    for (int i = same; i < other.size; i++) {
      add(other.terms[i]);
    }
  }

  @Override
  public void save(State state) {
    if (learns) {
      state.put("terms", Arrays.copyOf(terms, size));
    }
  }

  @Override
  public void restore(State state) {
    if (learns) {
      size = 0;
      rebuild();
      for (long term : state.integers("terms")) {
        add(term);
      }
    }
  }

  private void rebuild() {
    slots = emptySlots(terms.length);
    for (int i = 0; i < size; i++) {
      slots[slotOf(terms[i])] = i;
    }
  }

  /** Returns the slot of the term, or the empty slot where it belongs. */
  private int slotOf(long term) {
    int slot = (int) term & (slots.length - 1);
    while (slots[slot] != NOTHING && terms[slots[slot]] != term) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static int[] emptySlots(int terms) {
    int[] empty = new int[2 * terms];
    Arrays.fill(empty, NOTHING);
    return empty;
  }
}
