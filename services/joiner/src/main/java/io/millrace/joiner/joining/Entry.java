package io.millrace.joiner.joining;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The entry of an example in the store: the side that waits for the other, or that both are joined.
 *
 * <p>Its encoding: kind (1 byte), expiry (8), timestamp (8), content.
 *
 * @param kind which of the three
 * @param expiry the last moment of stream time at which it is valid, in milliseconds
 * @param timestamp the time of the waiting record, or of a joined example's features
 * @param content the waiting value, or the digest of a joined example's label
 */
record Entry(Kind kind, long expiry, long timestamp, byte[] content) {
  private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

  /** The state of an example. The store contains the ordinals. */
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
