package io.millrace.page.files;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * One file of the page.
 *
 * @param contentType its media type
 * @param etag a validator (RFC 9110, 8.8.3) that changes with the content, in quotes
 * @param content all of it
 */
record PageFile(String contentType, String etag, Buffer content) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "json", "application/json");

  static PageFile of(String contentType, byte[] content) {
    return new PageFile(contentType, '"' + digest(content) + '"', Buffer.buffer(content));
  }

  /** Returns the media type by a file's name; empty if such files are not served. */
  static Optional<String> type(String name) {
    return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  /** Returns whether a header If-None-Match (RFC 9110, 13.1.2) names this content. */
  boolean isKnownBy(String ifNoneMatch) {
    return ifNoneMatch.contains(etag);
  }

  private static String digest(byte[] content) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(sha256, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
