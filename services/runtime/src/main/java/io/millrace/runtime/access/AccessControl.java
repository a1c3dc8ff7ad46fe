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
 * Decides who may call what on one server. Tokens decide if there are any; otherwise certificates,
 * if callers present them; otherwise everything is allowed. Safe for any thread.
 */
public final class AccessControl {
  private static final Logger LOGGER = LoggerFactory.getLogger(AccessControl.class);

  /** How often token files are checked for changes. */
  private static final Duration RELOAD_INTERVAL = Duration.ofMillis(500);

  private final @Nullable Credentials credentials;
  private final Authority authority;

  /**
   * Reads the files that the settings name.
   *
   * @param clientAuth whether callers present certificates
   * @throws io.millrace.settings.InvalidSettingsException if a file cannot be used
   */
  public AccessControl(AccessSettings settings, ClientAuth clientAuth) {
    credentials = settings.byToken() ? new Credentials(settings, Clock.systemUTC()) : null;
    authority = credentials == null ? byCertificate(settings, clientAuth) : credentials;
  }

  private AccessControl(@Nullable Credentials credentials, Authority authority) {
    this.credentials = credentials;
    this.authority = authority;
  }

  /**
   * Returns the control of an operators' port. Where nobody is asked who he is, everybody may read,
   * and on loopback do everything.
   *
   * @param clientAuth whether callers present certificates
   * @param isLoopback whether only this machine reaches the port
   * @throws io.millrace.settings.InvalidSettingsException if a file cannot be used
   */
  public static AccessControl ofOperators(
      AccessSettings settings, ClientAuth clientAuth, boolean isLoopback) {
    boolean isAsked = settings.byToken() || clientAuth != ClientAuth.NONE;
    return isAsked
        ? new AccessControl(settings, clientAuth)
        : new AccessControl(null, new Unidentified(isLoopback));
  }

  private static Authority byCertificate(AccessSettings settings, ClientAuth clientAuth) {
    return clientAuth == ClientAuth.NONE
        ? Authority.NONE
        : new Certificates(settings.operators(), clientAuth == ClientAuth.REQUIRED);
  }

  /** Returns the caller's name for logs, never a token. */
  public String caller(MultiMap headers, HttpConnection connection) {
    return authority.caller(headers, connection);
  }

  /**
   * Guards the requests of one event loop. The token files are reloaded from that event loop's
   * timer.
   *
   * @param needed returns the role that a request needs; null if it is open to everyone
   * @param denied receives the denied requests
   * @param next handles the allowed requests
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
   * Returns a handler that guards an operators' route. A router matches several spellings of a
   * path, so each such route checks for itself.
   *
   * @param denied receives the denied requests
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
