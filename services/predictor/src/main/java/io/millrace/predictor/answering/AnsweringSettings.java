package io.millrace.predictor.answering;

import io.millrace.runtime.management.Endpoint;
import io.millrace.settings.Section;

/**
 * Where and within which bounds requests are answered.
 *
 * @param endpoint the address of gRPC, REST, health and metrics together
 * @param eventLoops how many threads read requests and write answers
 * @param queue how requests wait for the inference thread
 * @param maxMessageBytes how large a request may be
 * @param reflection whether clients may ask for the protocol's definition
 * @param admin whether clients may ask what is served and how it is used
 */
public record AnsweringSettings(
    Endpoint endpoint,
    int eventLoops,
    QueueSettings queue,
    int maxMessageBytes,
    boolean reflection,
    boolean admin) {
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
        QueueSettings.read(serving),
        serving
            .integer("max_message_bytes", "The largest request, in bytes.")
            .atLeast(1024)
            .orElse(16 << 20),
        serving
            .flag("reflection", "Whether clients may ask for the protocol's definition.")
            .orElse(false),
        serving
            .flag("admin", "Whether clients may ask for RepositoryIndex and ModelStatistics.")
            .orElse(false));
  }
}
