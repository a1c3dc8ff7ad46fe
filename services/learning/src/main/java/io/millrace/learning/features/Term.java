package io.millrace.learning.features;

/**
 * A word as a hash of {@value #BITS} bits, in two cells of 24 bits, which single precision holds
 * exactly.
 *
 * <p>A row therefore has the same width for all texts, and vocabularies can be learned, saved and
 * served without storing a text. Among a million different terms, some two share a hash with a
 * probability of one in 560.
 */
final class Term {
  static final int CELLS = 2;

  /** Marks cells after a text's last token. */
  static final float NONE = -1;

  private static final int BITS = 48;
  private static final int CELL_BITS = BITS / CELLS;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Term() {}

  /** Returns the hash of {@code text[from, to)}. */
  static long of(CharSequence text, int from, int to) {
    long hash = FNV_BASIS;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash) >>> (Long.SIZE - BITS);
  }

  static void write(long term, float[] cells, int at) {
    cells[at] = term >>> CELL_BITS;
    cells[at + 1] = term & ((1 << CELL_BITS) - 1);
  }

  static long read(float[] cells, int at) {
    return ((long) cells[at] << CELL_BITS) + (long) cells[at + 1];
  }

  /** Stafford's variant 13 of MurmurHash3's finalizer: every input bit affects every output bit. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
