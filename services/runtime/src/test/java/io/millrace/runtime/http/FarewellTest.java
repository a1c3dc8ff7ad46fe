package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a connection, seen by a client that reads single frames. */
class FarewellTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
  private final HttpService service =
      new HttpService(
          "leaving",
          new Transport(
              new Endpoint("leaving", "127.0.0.1", 0), 2, HttpLimits.DEFAULT, Optional.empty()),
          vertx -> requests::add);

  private FrameClient client;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    service.start();
    client = new FrameClient(service.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
  }

  @Test
  void stop_requestThatCrossedTheFirstGoAway_isAnsweredAndTheNextIsNot() throws Exception {
    // Given: a server that has announced its end, and a client that called before it knew
    CompletableFuture<Boolean> stopped = stopping(PATIENCE);
    assertThat(client.next()).isEqualTo("GOAWAY " + Integer.MAX_VALUE);
    String ping = client.next();
    client.request(1);
    client.answer(ping);

    // When: the client learns which call is the last, and still sends another
    assertThat(client.next()).isEqualTo("GOAWAY 1");
    client.request(3);

    // Then: that one is refused, and the client has time to read the answer to the first
    assertThat(client.next()).isEqualTo("RST_STREAM 3 REFUSED_STREAM");
    answerNext();
    assertThat(client.next()).isEqualTo("HEADERS 1");
    String last = client.next();
    assertThat(last).startsWith("PING ");
    client.request(5);
    assertThat(client.next()).isEqualTo("RST_STREAM 5 REFUSED_STREAM");
    assertThat(stopped).isNotDone();
    client.answer(last);
    assertThat(client.next()).isEqualTo("end");
    assertThat(stopped.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(requests).isEmpty();
  }

  @Test
  void stop_clientThatDoesNotAnswerPings_isNotWaitedForTwice() throws Exception {
    Duration patience = Duration.ofMillis(400);
    CompletableFuture<Boolean> stopped = stopping(patience);

    assertThat(List.of(client.next(), client.next(), client.next(), client.next()))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("GOAWAY " + Integer.MAX_VALUE),
            ping -> assertThat(ping).startsWith("PING "),
            second -> assertThat(second).isEqualTo("GOAWAY 0"),
            end -> assertThat(end).isEqualTo("end"));
    stopped.get(30, TimeUnit.SECONDS);
  }

  private void answerNext() throws InterruptedException, TimeoutException {
    HttpServerRequest request = requests.poll(30, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    request.response().end().await(30, TimeUnit.SECONDS);
  }

  private CompletableFuture<Boolean> stopping(Duration patience) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return service.stop(patience);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
