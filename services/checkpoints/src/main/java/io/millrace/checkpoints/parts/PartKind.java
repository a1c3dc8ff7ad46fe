package io.millrace.checkpoints.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The parts of a checkpoint, and the keys of their chunks. */
public enum PartKind {
  WEIGHTS("weights"),
  STATE("state");

  private final String text;

  PartKind(String text) {
    this.text = text;
  }

  /** Returns the key of a chunk: {@code model/part/slot/index}. */
  public byte[] key(String model, int slot, int index) {
    return "%s/%s/%d/%d".formatted(model, text, slot, index).getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return text;
  }
}
