package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of HTTP/1.1 connections when the server stops. */
class StoppingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String GET = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
  private static final int CLIENTS = 8;

  /** Answers after a moment, so that calls are in flight at every stop. */
  private final HttpService service =
      new HttpService(
          "leaving",
          Transport.plain(new Endpoint("leaving", "127.0.0.1", 0)),
          vertx -> request -> vertx.setTimer(2, timer -> request.response().end("well")));

  @Test
  void stop_clientsThatAskOneCallAfterTheOther_areToldAndLoseNone() throws Exception {
    service.start();
    CountDownLatch asked = new CountDownLatch(10 * CLIENTS);
    List<CompletableFuture<String>> ends = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ends.add(
          CompletableFuture.supplyAsync(
              () -> askUntilTheEnd(asked), task -> new Thread(task).start()));
    }
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(service.stop(PATIENCE)).isTrue();

    for (CompletableFuture<String> end : ends) {
      assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("told to close");
    }
  }

  @Test
  void stop_connectionThatAsksNothing_isClosedWithinTime() throws Exception {
    service.start();
    try (Conversation silent = new Conversation(service.port());
        Conversation idle = new Conversation(service.port())) {
      idle.send(GET);
      assertThat(idle.answer()).endsWith("well");

      assertThat(service.stop(PATIENCE)).isTrue();

      assertThat(silent.hasEnded()).isTrue();
      assertThat(idle.hasEnded()).isTrue();
    }
  }

  private String askUntilTheEnd(CountDownLatch asked) {
    try (Conversation client = new Conversation(service.port())) {
      while (true) {
        String answer = client.send(GET).answer();
        if (!answer.endsWith("well")) {
          return "lost a call: " + answer;
        }
        asked.countDown();
        if (answer.toLowerCase(Locale.ROOT).contains("connection: close")) {
          return "told to close";
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
