package io.millrace.trainer.decoding.shared;

/**
 * The frame that Confluent's serializers put before a payload: a zero byte, then the schema id as
 * four big-endian bytes.
 */
public final class ConfluentFrame {
  public static final int BYTES = 5;

  private static final int NONE = -1;

  private ConfluentFrame() {}

  /** Returns the schema id, or -1 if the bytes do not begin with such a frame. */
  public static int schemaId(byte[] value) {
    if (value.length < BYTES || value[0] != 0) {
      return NONE;
    }
    int id =
        (value[1] & 0xff) << 24
            | (value[2] & 0xff) << 16
            | (value[3] & 0xff) << 8
            | (value[4] & 0xff);
    return id < 0 ? NONE : id;
  }
}
