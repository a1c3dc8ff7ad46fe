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
  private static final String SEQUENCE = "sequence";

  private ChunkHeaders() {}

  public static Headers of(long sequence) {
    return new RecordHeaders().add(SEQUENCE, Long.toString(sequence).getBytes(UTF_8));
  }

  public static boolean has(Headers headers, long sequence) {
    Header header = headers.lastHeader(SEQUENCE);
    return header != null
        && header.value() != null
        && Long.toString(sequence).equals(new String(header.value(), UTF_8));
  }
}
