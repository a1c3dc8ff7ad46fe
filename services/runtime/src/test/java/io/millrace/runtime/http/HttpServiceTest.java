package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.millrace.runtime.access.AccessSettings;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Over HTTP/2, this client drops the calls in flight on a GOAWAY. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private final ManagementRoutes routes = new ManagementRoutes(health, metrics);
  private final HttpService service =
      new HttpService(
          "management",
          new Transport(endpoint(0), 2, HttpLimits.DEFAULT, Optional.empty()),
          this::router);

  private Router router(Vertx vertx) {
    ManagementSettings settings =
        new ManagementSettings(Transport.plain(endpoint(0)), AccessSettings.none("management"));
    return routes.router(vertx, routes.access(settings));
  }

  @BeforeEach
  void start() throws InterruptedException {
    service.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(service.stop(PATIENCE)).isTrue();
    metrics.close();
  }

  @Test
  void readyz_reasonsAgainst_givesThemUntilTheyAreGone() throws Exception {
    // Given
    health.notReady("model", "no checkpoint has been published yet");
    health.notReady("lifecycle", "starting");

    // When
    HttpResponse<String> before = get("/readyz");
    health.ready("model");
    health.ready("lifecycle");
    HttpResponse<String> after = get("/readyz");

    // Then
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.body())
        .isEqualTo("lifecycle: starting\nmodel: no checkpoint has been published yet\n");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).isEqualTo("ready\n");
  }

  @Test
  void livez_failure_isForGood() throws Exception {
    // Given
    health.notReady("trainer", "reading the checkpoint");
    HttpResponse<String> before = get("/livez");

    // When
    health.failed("trainer", "failed with OutOfMemoryError");
    health.ready("trainer");
    HttpResponse<String> after = get("/livez");

    // Then
    assertThat(before.statusCode()).isEqualTo(200);
    assertThat(after.statusCode()).isEqualTo(503);
    assertThat(after.body()).isEqualTo("trainer: failed with OutOfMemoryError\n");
  }

  @Test
  void metrics_scraped_showsTheJvmTheBuildAndOwnMeters() throws Exception {
    Counter.builder("millrace.records").register(metrics.registry()).increment(3);

    HttpResponse<String> response = get("/metrics");

    assertThat(response.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains(
            "millrace_records_total 3.0", "jvm_memory_used_bytes", "millrace_build_info{version=");
  }

  @Test
  void start_portTaken_isAProblemThatNamesTheSection() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // Given
      HttpService second =
          new HttpService(
              "management", Transport.plain(endpoint(taken.getLocalPort())), this::router);

      // When, Then
      assertThatThrownBy(second::start)
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageStartingWith(
              "management: is 127.0.0.1:%d, where another process listens; allowed: another management.port",
              taken.getLocalPort());
    }
  }

  @Test
  void stop_callUnderWay_isAnswered() throws Exception {
    // Given
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    HttpService slow =
        new HttpService(
            "slow",
            Transport.plain(endpoint(0)),
            vertx ->
                request -> {
                  arrived.countDown();
                  vertx
                      .executeBlocking(
                          () -> {
                            assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
                            return "late";
                          })
                      .onSuccess(text -> request.response().end(text));
                });
    slow.start();
    CompletableFuture<HttpResponse<String>> call =
        client.sendAsync(request(slow.port(), "/"), BodyHandlers.ofString());
    assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

    // When
    CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> stopped(slow));
    awaitRefusal(slow.port());
    released.countDown();

    // Then
    assertThat(call.get(30, TimeUnit.SECONDS).body()).isEqualTo("late");
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean stopped(HttpService service) {
    try {
      return service.stop(PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(service.port(), path), BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(PATIENCE)
        .build();
  }

  private static Endpoint endpoint(int port) {
    return new Endpoint("management", "127.0.0.1", port);
  }

  private static void awaitRefusal(int port) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        Thread.onSpinWait();
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("connections are taken still");
  }
}
