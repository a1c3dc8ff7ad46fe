package io.millrace.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of a server on its callers, on plain sockets. */
class HttpLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpService service =
      new HttpService(
          "limited",
          new Transport(
              new Endpoint("limited", "127.0.0.1", 0),
              2,
              new HttpLimits(2, 10, 1024, TimeLimits.DEFAULT),
              Optional.empty()),
          vertx -> request -> request.response().end("hello"));

  @BeforeEach
  void start() throws InterruptedException {
    service.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void connect_oneMoreThanAllowed_isClosedUntilAnotherGoes() throws IOException {
    Socket first = open();
    try (Socket second = open()) {
      assertThat(ask(first, "")).startsWith("HTTP/1.1 200");
      assertThat(ask(second, "")).startsWith("HTTP/1.1 200");
      try (Socket third = open()) {
        assertThat(ask(third, "")).isEmpty();
      }
      first.close();
      assertThat(answerInTheEnd()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void request_headerLargerThanAllowed_isRefused() throws IOException {
    try (Socket socket = open()) {
      assertThat(ask(socket, "X-Large: " + "x".repeat(2000) + "\r\n")).startsWith("HTTP/1.1 431");
    }
  }

  private String answerInTheEnd() throws IOException {
    String answer = "";
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (answer.isEmpty()) { // the server notices a moment later that the first is gone
      assertThat(System.nanoTime()).isLessThan(end);
      try (Socket socket = open()) {
        answer = ask(socket, "");
      }
    }
    return answer;
  }

  private Socket open() throws IOException {
    Socket socket = new Socket("127.0.0.1", service.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Returns the first bytes of the answer; empty if the connection is closed. */
  private static String ask(Socket socket, String header) throws IOException {
    byte[] answer = new byte[1024];
    try {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: here\r\n" + header + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream input = socket.getInputStream();
      int length = input.read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return ""; // closed while we wrote
    }
  }
}
