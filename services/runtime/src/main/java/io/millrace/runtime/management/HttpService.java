package io.millrace.runtime.management;

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
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server, versions 1.1 and 2, on event loops of its own.
 *
 * <p>Each event loop has its own handler, made by the function given. When it stops, it takes no
 * new connection and no new request, and calls under way end, as far as there is time.
 */
public final class HttpService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(HttpService.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(10);

  /** Vert.x: any free port, and the same one for all servers that ask so. */
  private static final int SHARED_FREE_PORT = -1;

  private final String name;
  private final Endpoint endpoint;
  private final int eventLoops;
  private final Function<Vertx, Handler<HttpServerRequest>> handlers;
  private volatile Duration patience = START_PATIENCE;
  private volatile int port;
  private @Nullable Vertx vertx;

  public HttpService(
      String name,
      Endpoint endpoint,
      int eventLoops,
      Function<Vertx, Handler<HttpServerRequest>> handlers) {
    this.name = name;
    this.endpoint = endpoint;
    this.eventLoops = eventLoops;
    this.handlers = handlers;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the port that it listens on; where any free one was wanted, the one that it got. */
  public int port() {
    return port;
  }

  /**
   * Starts to listen.
   *
   * @throws InvalidSettingsException where the address is not to be had
   */
  @Override
  public void start() throws InterruptedException {
    vertx = Vertx.vertx(options());
    DeploymentOptions instances = new DeploymentOptions().setInstances(eventLoops);
    try {
      await(vertx.deployVerticle(Server::new, instances), START_PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      stop(START_PATIENCE);
      throw unusable(e);
    }
    LOGGER
        .atInfo()
        .addKeyValue(LogKeys.SERVICE, name)
        .addKeyValue(LogKeys.ADDRESS, endpoint.host() + ":" + port)
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

  private VertxOptions options() {
    // Nothing is served from files, so there is no need for a cache folder on the disk.
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions().setEventLoopPoolSize(eventLoops).setFileSystemOptions(noCache);
  }

  private InvalidSettingsException unusable(Exception failure) {
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    String address = endpoint.host() + ":" + endpoint.port();
    String message = "is %s; allowed: an address to listen on (%s)";
    return new InvalidSettingsException(
        List.of(new Problem(endpoint.section(), message.formatted(address, reason.getMessage()))));
  }

  private static void await(Future<?> future, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The server of one event loop; those of all event loops share the port. */
  private final class Server extends VerticleBase {
    private @Nullable HttpServer server;

    @Override
    public Future<?> start() {
      int wanted = endpoint.port() == 0 ? SHARED_FREE_PORT : endpoint.port();
      server = vertx.createHttpServer().requestHandler(handlers.apply(vertx));
      return server
          .listen(wanted, endpoint.host())
          .onSuccess(listening -> port = listening.actualPort());
    }

    @Override
    public Future<?> stop() {
      return Objects.requireNonNull(server).shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
