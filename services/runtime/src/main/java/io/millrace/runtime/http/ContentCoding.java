package io.millrace.runtime.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The encoding of a body or a message (RFC 9110, 8.4.1). */
public enum ContentCoding {
  IDENTITY,
  GZIP,
  DEFLATE;

  /** The supported codings, as in Accept-Encoding. */
  static final String NAMES = "gzip, deflate";

  /**
   * The bit of zlib's second byte that asks for a preset dictionary (RFC 1950, 2.2), which is not
   * supported.
   */
  private static final int DICTIONARY = 0x20;

  /**
   * Returns the coding that header lines name; null if it is unknown, or if there are several.
   * Lines of the same name form one list (RFC 9110, 5.3).
   */
  static @Nullable ContentCoding of(List<String> lines) {
    ContentCoding coding = IDENTITY;
    for (String name : String.join(",", lines).split(",", -1)) {
      ContentCoding next = named(name.trim().toLowerCase(Locale.ROOT));
      if (next == null || (coding != IDENTITY && next != IDENTITY)) {
        return null;
      }
      coding = next == IDENTITY ? coding : next;
    }
    return coding;
  }

  private static @Nullable ContentCoding named(String name) {
    return switch (name) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default -> null;
    };
  }

  /**
   * Returns the decoded bytes; if they are more than {@code maxBytes}, only the first {@code
   * maxBytes} + 1.
   *
   * @throws IOException if the bytes cannot be decoded; the message says why
   */
  public byte[] decode(byte[] encoded, int maxBytes) throws IOException {
    if (this == IDENTITY) {
      return encoded;
    }
    try (InputStream in = decoded(encoded)) {
      return in.readNBytes(maxBytes + 1);
    } catch (EOFException e) {
      throw new ZipException("it ends too early");
    }
  }

  private InputStream decoded(byte[] encoded) throws IOException {
    InputStream bytes = new ByteArrayInputStream(encoded);
    if (this == GZIP) {
      return new GZIPInputStream(bytes);
    }
    if (encoded.length > 1 && (encoded[1] & DICTIONARY) != 0) {
      throw new ZipException("it needs a dictionary"); // Java would decode it as empty
    }
    return new InflaterInputStream(bytes);
  }
}
