package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.management.Endpoint;
import io.millrace.runtime.management.HttpLimits;
import io.millrace.runtime.management.HttpService;
import io.millrace.runtime.management.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Connections that take their time, on plain sockets: each ends by itself, whatever it waits for.
 */
class ConnectionLifeTest {
  private static final int MOST = 4;
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: here\r\n";

  private final HttpService service =
      new HttpService(
          "patient",
          new Transport(
              new Endpoint("patient", "127.0.0.1", 0),
              2,
              new HttpLimits(
                  MOST,
                  10,
                  1024,
                  new TimeLimits(
                      Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300))),
              Optional.empty()),
          vertx ->
              request ->
                  request
                      .body()
                      .onSuccess(body -> request.response().end("read " + body.length())));

  @BeforeEach
  void start() throws InterruptedException {
    service.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(service.stop(Duration.ofSeconds(30))).isTrue();
  }

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

  @Test
  void request_pieceByPieceInTime_isAnswered() throws IOException {
    try (Conversation slow = new Conversation(service.port())) {
      for (String piece :
          List.of("POST / HTTP", "/1.1\r\nHost: here\r\nConte", "nt-Length: 4\r\n\r\n")) {
        slow.send(piece);
      }
      slow.send("12").send("34");

      assertThat(slow.answer()).startsWith("HTTP/1.1 200 ").endsWith("read 4");
    }
  }

  @Test
  void request_twoAtOnce_areAnsweredInTheirOrder() throws IOException {
    try (Conversation pipelining = new Conversation(service.port())) {
      String first = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n12";
      pipelining.send(first + HEAD + "\r\n");

      assertThat(pipelining.answer()).endsWith("read 2").doesNotContain("close");
      assertThat(pipelining.answer()).endsWith("read 0").doesNotContain("close");
    }
  }

  @Test
  void request_withTransferEncoding_isTheLastOfItsConnection() throws IOException {
    try (Conversation smuggler = new Conversation(service.port())) {
      smuggler.send(
          "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2\r\n12\r\n0\r\n\r\n"
              + HEAD
              + "\r\n");

      assertThat(smuggler.answer()).endsWith("read 2").containsIgnoringCase("connection: close");
      assertThat(smuggler.hasEnded()).isTrue();
    }
  }

  @Test
  void request_badlyChunkedOrTwoLengths_isRefusedAndClosed() throws IOException {
    for (String bad :
        List.of(
            "Transfer-Encoding: chunked\r\n\r\nxyz\r\n12\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-1\r\n12\r\n0\r\n\r\n",
            "Content-Length: 2\r\nContent-Length: 3\r\n\r\n123",
            "Content-Length: -2\r\n\r\n12",
            "Content-Length: 2x\r\n\r\n12")) {
      try (Conversation client = new Conversation(service.port())) {
        client.send("POST / HTTP/1.1\r\nHost: here\r\n" + bad);

        assertThat(client.answer()).as(bad).startsWith("HTTP/1.1 400 ");
        assertThat(client.hasEnded()).as(bad).isTrue();
      }
    }
  }

  /** On a machine that is busy, what was sent long ago may have come just now. */
  private static void assertEnds(Conversation slow) throws IOException {
    assertThat(slow.answer()).matches("(?s)|HTTP/1.1 408 .*");
    assertThat(slow.hasEnded()).isTrue();
  }
}
