package io.millrace.runtime.http;

import io.millrace.settings.Section;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;

/**
 * The limits of an HTTP server on its callers.
 *
 * @param maxConnections open connections, silent ones included; one more is closed at once
 * @param maxStreams concurrent calls on one HTTP/2 connection
 * @param maxHeaderBytes the header fields of a request in total, in bytes
 * @param times how long a connection may take
 */
public record HttpLimits(int maxConnections, int maxStreams, int maxHeaderBytes, TimeLimits times) {
  public static final HttpLimits DEFAULT = new HttpLimits(1024, 1000, 16_384, TimeLimits.DEFAULT);

  /** Reads the limits. */
  public static HttpLimits read(Section section) {
    return new HttpLimits(
        section
            .integer("max_connections", "Most open connections; a further one is closed at once.")
            .atLeast(1)
            .orElse(DEFAULT.maxConnections),
        section
            .integer("max_streams", "Most concurrent streams of an HTTP/2 connection.")
            .atLeast(1)
            .orElse(DEFAULT.maxStreams),
        section
            .integer("max_header_bytes", "Most bytes of a request's header fields together.")
            .atLeast(1024)
            .atMost(1 << 20)
            .orElse(DEFAULT.maxHeaderBytes),
        TimeLimits.read(section));
  }

  HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxHeaderSize(maxHeaderBytes)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(maxStreams)
                .setMaxHeaderListSize(maxHeaderBytes));
  }
}
