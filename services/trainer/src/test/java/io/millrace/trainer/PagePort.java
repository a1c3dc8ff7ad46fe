package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A running trainer, and callers of the page on its management port. */
final class PagePort implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String JSON = "application/json";

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Metrics metrics = new Metrics();
  private final Health health = new Health();
  private final TrainerService trainer;
  private final HttpService management;

  PagePort(TrainerSettings settings) throws InterruptedException {
    trainer =
        new TrainerService(settings, health, metrics, (name, failure) -> failures.add(failure));
    management = trainer.management(new ManagementRoutes(health, metrics));
    management.start();
    trainer.start();
  }

  TrainerService trainer() {
    return trainer;
  }

  long records() {
    return trainer.progress().learning().counts().records();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path).GET(), headers);
  }

  JsonObject object(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  JsonArray array(String path) throws Exception {
    return new JsonArray(get(path).body());
  }

  /** Sends a command as the page does. */
  HttpResponse<String> command(String body, String... headers) throws Exception {
    return post(JSON, body, headers);
  }

  HttpResponse<String> post(String contentType, String body, String... headers) throws Exception {
    return send(
        request("/api/v1/commands")
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  int port() {
    return management.port();
  }

  double denied(String reason) {
    return metrics
        .registry()
        .get("millrace.management.denied")
        .tag("reason", reason)
        .counter()
        .count();
  }

  /** Waits for a condition that asks the port. */
  void await(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(failures).isEmpty();
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() throws InterruptedException {
    assertThat(management.stop(PATIENCE)).isTrue();
    assertThat(trainer.stop(PATIENCE)).isTrue();
    metrics.close();
    assertThat(failures).isEmpty();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
        .timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Something that is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }
}
