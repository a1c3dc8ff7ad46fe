package io.millrace.runtime.http;

import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server, versions 1.1 and 2, on its own event loops.
 *
 * <p>Each event loop gets its own handler. A stopping server takes no new connections and requests,
 * and calls in flight end if time allows.
 */
public final class HttpService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(HttpService.class);

  /** Long, since a machine that is busy with other starts is no reason to end. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  /** How often certificate files are checked for changes. */
  private static final Duration RELOAD_INTERVAL = Duration.ofMillis(500);

  /** In Vert.x: any free port, shared by all servers that ask for it. */
  private static final int SHARED_FREE_PORT = -1;

  private final String name;
  private final Transport transport;
  private final Function<Vertx, Handler<HttpServerRequest>> handlers;
  private volatile Duration patience = START_PATIENCE;
  private volatile int port;
  private @Nullable Vertx vertx;

  /**
   * Creates the service; {@link #start} opens the port.
   *
   * @param handlers creates the request handler of one event loop
   */
  public HttpService(
      String name, Transport transport, Function<Vertx, Handler<HttpServerRequest>> handlers) {
    this.name = name;
    this.transport = transport;
    this.handlers = handlers;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the port that it listens on; for port 0, the one that was assigned. */
  public int port() {
    return port;
  }

  /**
   * Starts to listen.
   *
   * @throws InvalidSettingsException if the address cannot be bound
   */
  @Override
  public void start() throws InterruptedException {
    vertx = vertx();
    DeploymentOptions instances = new DeploymentOptions().setInstances(transport.eventLoops());
    try {
      await(vertx.deployVerticle(Server::new, instances), START_PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      stop(START_PATIENCE);
      throw unusable(e);
    }
    LOGGER
        .atInfo()
        .addKeyValue(LogKeys.SERVICE, name)
        .addKeyValue(LogKeys.ADDRESS, transport.endpoint().host() + ":" + port)
        .log("Listening");
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    this.patience = patience;
    try {
      await(Objects.requireNonNull(vertx, "not started").close(), patience);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(name + " did not close", e.getCause());
    }
  }

  private Vertx vertx() {
    HttpLimits limits = transport.limits();
    Acceptance acceptance = new Acceptance(limits.maxConnections(), limits.times());
    return Vertx.builder().with(options()).withTransport(acceptance.transport()).build();
  }

  private VertxOptions options() {
    // Nothing is served from files, so no cache folder is needed.
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions()
        .setEventLoopPoolSize(transport.eventLoops())
        .setFileSystemOptions(noCache);
  }

  private InvalidSettingsException unusable(Exception failure) {
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    if (reason instanceof InvalidSettingsException invalid) {
      return invalid;
    }
    Endpoint endpoint = transport.endpoint();
    String address = endpoint.host() + ":" + endpoint.port();
    String message =
        reason instanceof TimeoutException
            ? "nothing listened within %d s".formatted(START_PATIENCE.toSeconds())
            : String.valueOf(reason.getMessage());
    String problem =
        message.contains("already in use")
            ? "is %s, where another process listens; allowed: another %s.port"
                .formatted(address, endpoint.section())
            : "is %s; allowed: an address to listen on (%s)".formatted(address, message);
    return new InvalidSettingsException(List.of(new Problem(endpoint.section(), problem)));
  }

  private static HttpServerOptions secured(HttpServerOptions options, ServerSSLOptions tls) {
    return options
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(tls.getKeyCertOptions())
        .setTrustOptions(tls.getTrustOptions())
        .setClientAuth(tls.getClientAuth());
  }

  /** Prepares a connection before its first request. */
  private static void prepare(HttpConnection connection) {
    connection.exceptionHandler(failure -> LOGGER.debug("A connection broke", failure));
    Flushes.consolidate(connection);
    Farewell.prepare(connection);
    ConnectionLife.begin(connection);
  }

  private void notReloaded(Throwable reason) {
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.SERVICE, name)
        .addKeyValue(LogKeys.REASON, reason.getMessage())
        .log("Certificates have changed and cannot be used; those before stay");
  }

  private static void await(Future<?> future, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The server of one event loop; all event loops share the port. */
  private final class Server extends VerticleBase {
    private @Nullable HttpServer server;

    @Override
    public Future<?> start() {
      Endpoint endpoint = transport.endpoint();
      int wanted = endpoint.port() == 0 ? SHARED_FREE_PORT : endpoint.port();
      HttpServerOptions options = transport.limits().options();
      Optional<TlsFiles> tls = transport.tls().map(settings -> new TlsFiles(settings, vertx));
      Future<HttpServerOptions> secured =
          tls.isEmpty()
              ? Future.succeededFuture(options)
              : vertx.executeBlocking(tls.get()::read).map(read -> secured(options, read));
      return secured
          .compose(complete -> listen(complete, wanted, endpoint.host()))
          .onSuccess(nothing -> tls.ifPresent(this::watch));
    }

    private Future<HttpServer> listen(HttpServerOptions options, int wanted, String host) {
      server =
          vertx
              .createHttpServer(options)
              .connectionHandler(HttpService::prepare)
              .invalidRequestHandler(RequestChecks::refuseUnreadable)
              .requestHandler(handlers.apply(vertx));
      return server.listen(wanted, host).onSuccess(listening -> port = listening.actualPort());
    }

    private void watch(TlsFiles tls) {
      vertx.setPeriodic(
          RELOAD_INTERVAL.toMillis(),
          timer ->
              vertx
                  .executeBlocking(tls::changed)
                  .compose(changed -> changed.map(this::update).orElse(Future.succeededFuture()))
                  .onFailure(HttpService.this::notReloaded));
    }

    private Future<Boolean> update(ServerSSLOptions options) {
      return Objects.requireNonNull(server)
          .updateSSLOptions(options)
          .onSuccess(
              nothing ->
                  LOGGER
                      .atInfo()
                      .addKeyValue(LogKeys.SERVICE, name)
                      .log("Certificates loaded again"));
    }

    @Override
    public Future<?> stop() {
      return server == null
          ? Future.succeededFuture()
          : server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
