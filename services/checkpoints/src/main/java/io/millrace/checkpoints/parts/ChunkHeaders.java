package io.millrace.checkpoints.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The header of a chunk: the version it belongs to, since slots are reused. It is a text, so that
 * every tool shows it. The order of chunks is in their keys, and their hash is in the manifest.
 */
public final class ChunkHeaders {
  /** The header has been called so from the first on. */
  private static final String VERSION = "sequence";

  private ChunkHeaders() {}

  public static Headers of(long version) {
    return new RecordHeaders().add(VERSION, Long.toString(version).getBytes(UTF_8));
  }

  public static boolean has(Headers headers, long version) {
    Header header = headers.lastHeader(VERSION);
    return header != null
        && header.value() != null
        && Long.toString(version).equals(new String(header.value(), UTF_8));
  }
}
