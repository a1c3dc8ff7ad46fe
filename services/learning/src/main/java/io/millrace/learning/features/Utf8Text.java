package io.millrace.learning.features;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts in UTF-8 (RFC 3629). Bytes that are none are no text: the sign that Java would read in
 * their place makes one of texts that differ.
 */
public final class Utf8Text {
  private static final char REPLACEMENT = 0xfffd;

  private Utf8Text() {}

  /** Returns the text of {@code bytes[from, to)}, null where they are none. */
  public static @Nullable String of(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, UTF_8);
    return text.indexOf(REPLACEMENT) < 0 || isWritten(text, bytes, from, to) ? text : null;
  }

  /** The sign may stand in the text itself, which is then written as it was. */
  private static boolean isWritten(String text, byte[] bytes, int from, int to) {
    byte[] written = text.getBytes(UTF_8);
    return Arrays.equals(written, 0, written.length, bytes, from, to);
  }
}
