package io.millrace.predictor.answering;

import io.millrace.runtime.management.Endpoint;
import io.millrace.settings.Section;

/**
 * Where and within which bounds requests are answered.
 *
 * @param endpoint the address of gRPC, REST, health and metrics together
 * @param eventLoops how many threads read requests and write answers
 * @param maxBatch how many rows go through the network together, and so how many a request may have
 * @param queueCapacity how many rows may wait for the inference thread before requests are refused
 * @param maxMessageBytes how large a request may be
 * @param reflection whether clients may ask for the protocol's definition
 */
public record AnsweringSettings(
    Endpoint endpoint,
    int eventLoops,
    int maxBatch,
    int queueCapacity,
    int maxMessageBytes,
    boolean reflection) {
  private static final int DEFAULT_PORT = 8080;

  /** Reads its options from the section {@code serving}. */
  public static AnsweringSettings read(Section serving) {
    return new AnsweringSettings(
        Endpoint.read(serving, DEFAULT_PORT),
        serving
            .integer("event_loops", "Threads that read requests and write answers.")
            .atLeast(1)
            .atMost(256)
            .orElse(1),
        serving
            .integer("max_batch", "Rows inferred together at most, and most rows of a request.")
            .atLeast(1)
            .atMost(65_536)
            .orElse(256),
        serving
            .integer("queue_capacity", "Rows that may wait before requests are refused.")
            .atLeast(1)
            .orElse(4096),
        serving
            .integer("max_message_bytes", "The largest request, in bytes.")
            .atLeast(1024)
            .orElse(16 << 20),
        serving
            .flag("reflection", "Whether clients may ask for the protocol's definition.")
            .orElse(false));
  }
}
