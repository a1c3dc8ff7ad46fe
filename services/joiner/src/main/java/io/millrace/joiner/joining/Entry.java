package io.millrace.joiner.joining;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is known of an example: the side that waits for the other, or that both were joined.
 *
 * <p>Its bytes in the store: kind (1), expiry (8), timestamp (8), content.
 *
 * @param kind which of the three
 * @param expiry the last moment of stream time at which it is in force, in milliseconds
 * @param timestamp of the record that waits; of the features of a joined example
 * @param content the value that waits; of a joined example its label's digest
 */
record Entry(Kind kind, long expiry, long timestamp, byte[] content) {
  private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

  /** What is there of an example; the bytes in the store are the ordinals. */
  enum Kind {
    FEATURES,
    LABEL,
    JOINED
  }

  static Entry read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Entry(
        Kind.values()[buffer.get()],
        buffer.getLong(),
        buffer.getLong(),
        Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
  }

  byte[] write() {
    return ByteBuffer.allocate(HEADER_BYTES + content.length)
        .put((byte) kind.ordinal())
        .putLong(expiry)
        .putLong(timestamp)
        .put(content)
        .array();
  }
}
