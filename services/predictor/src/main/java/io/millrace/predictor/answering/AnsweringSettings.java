package io.millrace.predictor.answering;

import io.millrace.predictor.inference.QueueSettings;
import io.millrace.predictor.inference.RoutingSettings;
import io.millrace.runtime.access.AccessSettings;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpLimits;
import io.millrace.runtime.http.TlsSettings;
import io.millrace.runtime.http.Transport;
import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;

/**
 * Where requests are answered, and within which limits.
 *
 * @param transport how gRPC, REST, health and metrics are reached, all on one port
 * @param access who may call
 * @param queue how requests wait for the inference thread
 * @param routing which version answers
 * @param maxMessageBytes the largest request, in bytes
 * @param reflection whether gRPC reflection is offered
 * @param admin whether RepositoryIndex and ModelStatistics are offered
 * @param metricsByVersion whether request metrics carry the version as a tag
 */
public record AnsweringSettings(
    Transport transport,
    AccessSettings access,
    QueueSettings queue,
    RoutingSettings routing,
    int maxMessageBytes,
    boolean reflection,
    boolean admin,
    boolean metricsByVersion) {
  private static final int DEFAULT_PORT = 8080;

  /** Reads its options from the section {@code serving}. */
  public static AnsweringSettings read(Section serving) {
    Transport transport = transport(serving);
    return new AnsweringSettings(
        transport,
        AccessSettings.read(serving.section("authentication"), transport.clientAuth()),
        QueueSettings.read(serving),
        RoutingSettings.read(serving),
        serving
            .integer("max_message_bytes", "The largest request, in bytes.")
            .atLeast(1024)
            .orElse(16 << 20),
        serving.flag("reflection", "Whether gRPC reflection is answered.").orElse(false),
        serving
            .flag("admin", "Whether clients may ask for RepositoryIndex and ModelStatistics.")
            .orElse(false),
        serving
            .flag(
                "metrics_by_version", "Whether metrics of requests have a label with the version.")
            .orElse(false));
  }

  private static Transport transport(Section serving) {
    return new Transport(
        Endpoint.read(serving, DEFAULT_PORT),
        serving
            .integer("event_loops", "Threads that read requests and write answers.")
            .atLeast(1)
            .atMost(256)
            .orElse(Runtime.getRuntime().availableProcessors()),
        HttpLimits.read(serving),
        TlsSettings.read(serving.section("tls"), ClientAuth.REQUIRED));
  }
}
