package io.millrace.runtime.access;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask what of one server, as its settings say: by tokens; without tokens by certificates,
 * where callers have to show one; else anyone everything. Safe for any thread.
 */
public final class AccessControl {
  private static final Logger LOGGER = LoggerFactory.getLogger(AccessControl.class);

  /** How soon changed tokens are known. */
  private static final Duration RELOAD_INTERVAL = Duration.ofMillis(500);

  private final @Nullable Credentials credentials;
  private final Authority authority;

  /**
   * Reads the files that the settings name.
   *
   * @param clientAuth whether callers show certificates
   * @throws io.millrace.settings.InvalidSettingsException where the files cannot be used
   */
  public AccessControl(AccessSettings settings, ClientAuth clientAuth) {
    credentials = settings.byToken() ? new Credentials(settings, Clock.systemUTC()) : null;
    authority = credentials == null ? byCertificate(settings, clientAuth) : credentials;
  }

  private static Authority byCertificate(AccessSettings settings, ClientAuth clientAuth) {
    return clientAuth == ClientAuth.NONE
        ? Authority.NONE
        : new Certificates(settings.operators(), clientAuth == ClientAuth.REQUIRED);
  }

  /** Returns who asks, for logs: never a token. */
  public String caller(MultiMap headers, HttpConnection connection) {
    return authority.caller(headers, connection);
  }

  /**
   * Guards what one event loop answers; on that event loop tokens are looked at again, too.
   *
   * @param needed what a request needs; null where anyone may ask it
   * @param denied takes note of those who are turned away
   * @param next takes those who are let through
   */
  public Handler<HttpServerRequest> guard(
      Vertx vertx,
      Function<HttpServerRequest, @Nullable Role> needed,
      BiConsumer<HttpServerRequest, Denial> denied,
      Handler<HttpServerRequest> next) {
    if (credentials != null) {
      vertx.setPeriodic(RELOAD_INTERVAL.toMillis(), timer -> reload(vertx, credentials));
    }
    return authority.equals(Authority.NONE)
        ? next
        : new Gatekeeper(authority, needed, denied, next);
  }

  /**
   * Returns a handler for the routes of operators. Routers take paths for the same that are written
   * in many ways, so each such route asks for itself.
   *
   * @param denied takes note of those who are turned away
   */
  public Handler<RoutingContext> operatorsOnly(BiConsumer<HttpServerRequest, Denial> denied) {
    return Gatekeeper.operatorsOnly(authority, denied);
  }

  private static void reload(Vertx vertx, Credentials credentials) {
    vertx
        .executeBlocking(Executors.callable(credentials::reload))
        .onFailure(failure -> LOGGER.error("Tokens were not looked at again", failure));
  }
}
