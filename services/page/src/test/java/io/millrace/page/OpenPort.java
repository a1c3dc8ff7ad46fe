package io.millrace.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.http.RequestChecks;
import io.millrace.runtime.http.Transport;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** An HTTP port of this machine with some routes, whose failures fail the test. */
public final class OpenPort implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpService service;

  public OpenPort(BiConsumer<Router, Vertx> routes) throws InterruptedException {
    service =
        new HttpService(
            "page",
            Transport.plain(new Endpoint("page", "127.0.0.1", 0)),
            vertx -> {
              Router router = Router.router(vertx);
              routes.accept(router, vertx);
              return new RequestChecks(router, failures::add);
            });
    service.start();
  }

  public int port() {
    return service.port();
  }

  /** Asks for a path, with headers as names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
            .timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Stops the port; returns whether nothing had to be broken off. */
  public boolean stop() throws InterruptedException {
    return service.stop(PATIENCE);
  }

  @Override
  public void close() throws InterruptedException {
    assertThat(stop()).isTrue();
    assertThat(failures).isEmpty();
  }
}
