package io.millrace.runtime.http;

import static io.millrace.runtime.http.ReadingService.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slow connections on plain sockets: each ends by itself, whatever it waits for. */
class ConnectionLifeTest {
  private static final int MOST = 4;

  @RegisterExtension
  private final ReadingService service =
      new ReadingService(
          new Transport(
              new Endpoint("patient", "127.0.0.1", 0),
              2,
              new HttpLimits(
                  MOST,
                  10,
                  1024,
                  new TimeLimits(
                      Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1))),
              Optional.empty()));

  @Test
  void connect_silent_isCountedAndClosed() throws IOException {
    List<Conversation> silent = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      silent.add(new Conversation(service.port()));
    }
    try (Conversation oneMore = new Conversation(service.port())) {
      assertThat(oneMore.hasEnded()).isTrue();
    }

    for (Conversation connection : silent) {
      assertThat(connection.hasEnded()).isTrue();
      connection.close();
    }
  }

  @Test
  void request_halfAHead_isClosed() throws IOException {
    for (String half : List.of("G", "GET / HTTP/1.1\r\nX-a: ", "PRI * HTTP/2.0\r\n")) {
      try (Conversation slow = new Conversation(service.port())) {
        slow.send(half);

        assertEnds(slow);
      }
    }
  }

  @Test
  void request_halfABody_isClosed() throws IOException {
    try (Conversation slow = new Conversation(service.port())) {
      slow.send("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{");

      assertEnds(slow);
    }
  }

  @Test
  void request_bodyThatDrips_isToldSoAndClosed() throws IOException {
    try (Conversation slow = new Conversation(service.port())) {
      slow.send("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 999999999\r\n\r\n");
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!slow.hasAnswer() && System.nanoTime() < end) {
        slow.send("x");
      }

      assertThat(slow.answer())
          .startsWith("HTTP/1.1 408 ")
          .containsIgnoringCase("connection: close")
          .endsWith("{\"error\":\"the request came too slowly\"}");
      assertThat(slow.hasEnded()).isTrue();
    }
  }

  @Test
  void request_secondHalfAHead_isClosed() throws IOException {
    try (Conversation slow = new Conversation(service.port())) {
      slow.send(HEAD + "\r\n");
      assertThat(slow.answer()).startsWith("HTTP/1.1 200 ").endsWith("read 0");

      slow.send(HEAD);

      assertEnds(slow);
    }
  }

  @Test
  void request_none_isClosedAfterTheIdleTime() throws IOException {
    try (Conversation idle = new Conversation(service.port())) {
      idle.send(HEAD + "\r\n");
      assertThat(idle.answer()).startsWith("HTTP/1.1 200 ").doesNotContain("close");

      assertThat(idle.hasEnded()).isTrue();
    }
  }

  /** On a busy machine, bytes that were sent long ago may have just arrived. */
  private static void assertEnds(Conversation slow) throws IOException {
    assertThat(slow.answer()).matches("(?s)|HTTP/1.1 408 .*");
    assertThat(slow.hasEnded()).isTrue();
  }
}
