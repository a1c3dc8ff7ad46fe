package io.millrace.trainer.intake;

import java.nio.charset.StandardCharsets;

/** Texts out of Protocol Buffers' wire format. */
final class WireText {
  private WireText() {}

  /** Returns the text from the cursor to {@code end}, an index that the cursor gave. */
  static String of(WireReader wire, int end) {
    return new String(wire.bytes(), wire.position(), end - wire.position(), StandardCharsets.UTF_8);
  }
}
