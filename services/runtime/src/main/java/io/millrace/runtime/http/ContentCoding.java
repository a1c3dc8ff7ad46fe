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

/** How a body or a message is encoded (RFC 9110, 8.4.1). */
public enum ContentCoding {
  IDENTITY,
  GZIP,
  DEFLATE;

  /** Those that are decoded, as Accept-Encoding has them. */
  static final String NAMES = "gzip, deflate";

  /** The bit of zlib's second byte that asks for a dictionary (RFC 1950, 2.2), which nobody has. */
  private static final int DICTIONARY = 0x20;

  /**
   * Returns the one that header lines name, or null where it is unknown or one upon another: lines
   * of the same name are one list (RFC 9110, 5.3).
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
   * Returns what was encoded, or more than {@code maxBytes} of it where it is longer than that.
   *
   * @throws IOException whose message says why it cannot be decoded
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
      throw new ZipException("it needs a dictionary"); // Java would take it for empty
    }
    return new InflaterInputStream(bytes);
  }
}
