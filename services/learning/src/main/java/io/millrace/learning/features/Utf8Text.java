package io.millrace.learning.features;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes texts in UTF-8 (RFC 3629). Invalid bytes are not a text: Java's replacement character
 * would make different texts equal.
 */
public final class Utf8Text {
  private static final char REPLACEMENT = 0xfffd;

  private Utf8Text() {}

  /** Returns the text of {@code bytes[from, to)}; null if they are not valid UTF-8. */
  public static @Nullable String of(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, UTF_8);
    return text.indexOf(REPLACEMENT) < 0 || isWritten(text, bytes, from, to) ? text : null;
  }

  /**
   * Returns whether the text encodes to the same bytes, because it may contain the replacement
   * character itself.
   */
  private static boolean isWritten(String text, byte[] bytes, int from, int to) {
    byte[] written = text.getBytes(UTF_8);
    return Arrays.equals(written, 0, written.length, bytes, from, to);
  }
}
