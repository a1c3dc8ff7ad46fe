package io.millrace.runtime.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.LogText;
import io.millrace.runtime.access.AccessControl;
import io.millrace.runtime.access.Denial;
import io.millrace.runtime.access.Role;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Who may do what on a management port. Denied requests are counted. Those that wanted more than to
 * read are logged with their callers. Tokens never are. Safe for any thread.
 */
public final class ManagementAccess {
  private static final Logger LOGGER = LoggerFactory.getLogger(ManagementAccess.class);

  private final AccessControl access;
  private final MeterRegistry registry;

  /**
   * @throws io.millrace.settings.InvalidSettingsException if a file of tokens or keys cannot be
   *     used
   */
  ManagementAccess(ManagementSettings settings, MeterRegistry registry) {
    this.access =
        AccessControl.ofOperators(
            settings.access(),
            settings.transport().clientAuth(),
            settings.transport().endpoint().isLoopback());
    this.registry = registry;
    for (Denial.Reason reason : Denial.Reason.values()) {
      denied(reason); // shown as 0 from the start
    }
  }

  /**
   * Guards the requests of one event loop.
   *
   * @param needed returns the role that a request needs; null if it is open to everyone
   * @param next handles the allowed requests
   */
  public Handler<HttpServerRequest> guard(
      Vertx vertx,
      Function<HttpServerRequest, @Nullable Role> needed,
      Handler<HttpServerRequest> next) {
    return access.guard(
        vertx, needed, (request, denial) -> denied(request, denial, needed.apply(request)), next);
  }

  /** Adds a caller's name and address to a log line. */
  public LoggingEventBuilder by(
      LoggingEventBuilder line, MultiMap headers, HttpConnection connection) {
    return line.addKeyValue(LogKeys.CALLER, LogText.of(access.caller(headers, connection)))
        .addKeyValue(LogKeys.ADDRESS, connection.remoteAddress());
  }

  private void denied(HttpServerRequest request, Denial denial, @Nullable Role needed) {
    denied(denial.reason()).increment();
    if (needed == Role.ADMIN) {
      by(LOGGER.atWarn(), request.headers(), request.connection())
          .addKeyValue(LogKeys.PATH, LogText.of(String.valueOf(request.path())))
          .addKeyValue(LogKeys.REASON, denial.message())
          .log("Command denied");
    }
  }

  private Counter denied(Denial.Reason reason) {
    return Counter.builder("millrace.management.denied")
        .description("Requests to the management port that were denied, by the reason.")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
