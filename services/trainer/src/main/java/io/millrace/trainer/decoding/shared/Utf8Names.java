package io.millrace.trainer.decoding.shared;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which of a few names a range of UTF-8 bytes spells, without creating a string. It is an
 * open hash table, at most half full.
 */
public final class Utf8Names {
  private static final int UNKNOWN = -1;

  /** Up to this many names, comparing is faster than hashing. */
  private static final int FEW = 3;

  private final byte[][] names;
  private final int[] slots;

  public Utf8Names(List<String> names) {
    this.names = names.stream().map(n -> n.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.slots = new int[Integer.highestOneBit(names.size() + 1) * 4];
    Arrays.fill(slots, UNKNOWN);
    for (int i = 0; i < this.names.length; i++) {
      slots[slotOf(this.names[i], 0, this.names[i].length)] = i;
    }
  }

  public int size() {
    return names.length;
  }

  /** Returns the index of the name in {@code bytes[from, to)}, or -1. */
  public int find(byte[] bytes, int from, int to) {
    return names.length <= FEW ? findInTurn(bytes, from, to) : slots[slotOf(bytes, from, to)];
  }

  private int findInTurn(byte[] bytes, int from, int to) {
    for (int i = 0; i < names.length; i++) {
      if (equals(names[i], bytes, from, to)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** Returns the slot that holds the name, or the empty slot where it would be. */
  private int slotOf(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & (slots.length - 1);
    while (slots[slot] != UNKNOWN && !equals(names[slots[slot]], bytes, from, to)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static boolean equals(byte[] name, byte[] bytes, int from, int to) {
    return Arrays.equals(name, 0, name.length, bytes, from, to);
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 16);
  }
}
