package io.millrace.checkpoints.parts;

import io.millrace.checkpoints.failures.CheckpointFormatException;

/**
 * Encodes and decodes parts that fit into one record, in the same form as those that are cut into
 * chunks. Confined to one thread.
 */
public final class SmallParts {
  private final BytesOutput output = new BytesOutput();
  private final PartEncoder encoder = new PartEncoder(output);

  /** Returns a part's bytes; equal contents have equal bytes. */
  public byte[] encode(PartContent content) {
    encoder.encode(content);
    return output.take();
  }

  /**
   * Returns the content of a part.
   *
   * @param bytes must not change afterwards
   * @param name the name of the part in messages
   * @throws CheckpointFormatException if they are not a part, or are of a newer version
   */
  public static PartContent decode(byte[] bytes, String name) {
    return new PartDecoder(name).decode(bytes);
  }
}
