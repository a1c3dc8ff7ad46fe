package io.millrace.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.settings.Section;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Levels of loggers over HTTP, on real sockets, and who may change them. */
class LevelRoutesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DEBUG = "{\"level\":\"debug\"}";
  private static final Logger CHANGED =
      (Logger) LoggerFactory.getLogger("io.millrace.runtime.management.changed");

  @TempDir private Path folder;
  private final Metrics metrics = new Metrics();

  @BeforeEach
  void begin() {
    CHANGED.setLevel(Level.WARN);
  }

  @AfterEach
  void close() {
    CHANGED.setLevel(null);
    metrics.close();
  }

  @Test
  void put_level_countsAtOnceUntilItIsDeleted() throws Exception {
    try (Port port = new Port(Map.of())) {
      assertThat(port.ask("PUT", CHANGED.getName(), DEBUG, ""))
          .startsWith("HTTP/1.1 200")
          .endsWith("{\"logger\":\"" + CHANGED.getName() + "\",\"level\":\"DEBUG\"}");
      assertThat(CHANGED.isDebugEnabled()).isTrue();
      assertThat(port.ask("GET", "", "", "")).contains("\"" + CHANGED.getName() + "\":\"DEBUG\"");

      assertThat(port.ask("DELETE", CHANGED.getName(), "", "")).contains("\"level\":\"WARN\"");
      assertThat(CHANGED.getLevel()).isEqualTo(Level.WARN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"level\":\"LOUD\"}", "{\"level\":7}", "{}", "[", "level"})
  void put_noLevel_isRefusedWithThoseThatThereAre(String body) throws Exception {
    try (Port port = new Port(Map.of())) {
      assertThat(port.ask("PUT", CHANGED.getName(), body, ""))
          .startsWith("HTTP/1.1 400")
          .contains("TRACE, DEBUG, INFO, WARN, ERROR, OFF");
      assertThat(CHANGED.getLevel()).isEqualTo(Level.WARN);
    }
  }

  @Test
  void put_nameThatNothingLogsUnder_isRefused() throws Exception {
    try (Port port = new Port(Map.of())) {
      assertThat(port.ask("PUT", "io.milrace", DEBUG, "")).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void put_formOfAnotherSitesPage_isRefused() throws Exception {
    try (Port port = new Port(Map.of())) {
      assertThat(port.ask("PUT", CHANGED.getName(), DEBUG, "Content-Type: text/plain\r\n"))
          .startsWith("HTTP/1.1 415");
      assertThat(port.ask("PUT", CHANGED.getName(), DEBUG, "Origin: https://stranger.example\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(port.ask("PUT", CHANGED.getName(), DEBUG, "Host: stranger.example\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(port.ask("PUT", CHANGED.getName(), DEBUG, "Origin: null\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(CHANGED.getLevel()).isEqualTo(Level.WARN);
      assertThat(denied("forbidden")).isEqualTo(3);

      String own = "Origin: http://127.0.0.1:%d\r\n".formatted(port.service.port());
      assertThat(port.ask("PUT", CHANGED.getName(), DEBUG, own)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void put_portThatOthersReachAndThatAsksNobody_isRefusedAndReadingIsNot() throws Exception {
    try (Port port = new Port(Map.of("host", "0.0.0.0"))) {
      assertThat(port.ask("PUT", "", DEBUG, ""))
          .startsWith("HTTP/1.1 403")
          .contains("this port asks nobody who he is");
      assertThat(port.ask("DELETE", "", "", "")).startsWith("HTTP/1.1 403");
      assertThat(port.ask("GET", "", "", "")).startsWith("HTTP/1.1 200");
      assertThat(denied("forbidden")).isEqualTo(2);
    }
  }

  @Test
  void put_tokens_needTheRoleAdmin() throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "infer looks\nadmin commands\n");
    Map<String, Object> asks =
        Map.of("host", "0.0.0.0", "authentication", Map.of("tokens", tokens.toString()));
    try (Port port = new Port(asks)) {
      String name = CHANGED.getName();
      assertThat(port.ask("PUT", name, DEBUG, "")).startsWith("HTTP/1.1 401");
      assertThat(port.ask("GET", "", "", "")).startsWith("HTTP/1.1 401");
      assertThat(port.ask("PUT", name, DEBUG, "Authorization: Bearer looks\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(port.ask("PUT", name, DEBUG, "Authorization: Bearer commands\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(port.ask("GET", "", "", "Authorization: Bearer looks\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(denied("unauthenticated")).isEqualTo(2);
      assertThat(denied("forbidden")).isEqualTo(1);
    }
  }

  @Test
  void request_withoutAPath_isRefusedAsAnyOther() throws Exception {
    try (Port port = new Port(Map.of())) {
      assertThat(port.sent("GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
    }
  }

  private double denied(String reason) {
    MeterRegistry registry = metrics.registry();
    return registry.get("millrace.management.denied").tag("reason", reason).counter().count();
  }

  /** A management port. */
  private final class Port implements AutoCloseable {
    private final HttpService service;

    Port(Map<String, Object> section) throws Exception {
      ManagementSettings settings = ManagementSettings.read(Section.root(section), 0);
      service = new ManagementRoutes(new Health(), metrics).service(settings);
      service.start();
    }

    /** Asks as anybody may, a browser's page under a stranger's name too; returns the answer. */
    String ask(String method, String name, String body, String header) throws IOException {
      String host = "Host: 127.0.0.1:" + service.port() + "\r\n";
      String type = "Content-Type: application/json\r\n";
      String request =
          "%s /api/v1/loggers%s HTTP/1.1\r\n%s%s%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(
                  method,
                  name.isEmpty() ? "" : "/" + name,
                  header.startsWith("Host") ? "" : host,
                  header.startsWith("Content-Type") ? "" : type,
                  header,
                  body.length(),
                  body);
      return sent(request);
    }

    String sent(String request) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    @Override
    public void close() throws InterruptedException {
      assertThat(service.stop(PATIENCE)).isTrue();
    }
  }
}
