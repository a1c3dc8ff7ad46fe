package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Commands, over gRPC and as the page sends them, by callers who must not command. No broker is
 * there: who is denied is so before anything is read.
 */
class StrangersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String EXECUTE = "/millrace.control.v1.TrainingControl/Execute";

  @Test
  void execute_pageOfAnotherSiteInABrowserHere_isDeniedAndCounted() throws Exception {
    String rebound = "Host: stranger.example\r\n";
    String foreign = "Host: localhost\r\nOrigin: https://stranger.example\r\n";
    try (Port port = new Port("127.0.0.1")) {
      assertThat(port.call(rebound)).contains("grpc-status: 7", "the Host has to be localhost");
      assertThat(port.call(foreign)).contains("grpc-status: 7", "the page of another site");
      assertThat(port.denied()).isEqualTo(2);
    }
  }

  @Test
  void execute_portThatOthersReachAndThatAsksNobody_isDeniedAndCounted() throws Exception {
    try (Port port = new Port("0.0.0.0")) {
      assertThat(port.call("Host: localhost\r\n"))
          .contains("grpc-status: 7", "this port asks nobody who he is");
      assertThat(port.denied()).isEqualTo(1);
    }
  }

  @Test
  void post_commandOfThePage_isDeniedAndCountedAsOverGrpc() throws Exception {
    try (Port port = new Port("127.0.0.1")) {
      assertThat(port.post("Host: stranger.example\r\n")).startsWith("HTTP/1.1 403");
      assertThat(port.post("Host: localhost\r\nOrigin: https://stranger.example\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(port.denied()).isEqualTo(2);
    }
    try (Port port = new Port("0.0.0.0")) {
      assertThat(port.post("Host: localhost\r\n"))
          .startsWith("HTTP/1.1 403")
          .contains("this port asks nobody who he is");
      assertThat(port.denied()).isEqualTo(1);
    }
  }

  /** The management port of a trainer that has not started. */
  private static final class Port implements AutoCloseable {
    private final Metrics metrics = new Metrics();
    private final HttpService service;

    Port(String host) throws Exception {
      TrainerSettings settings =
          new TestStream("127.0.0.1:1", "guarded", 10)
              .settingsWith("management", Map.of("host", host, "port", 0));
      Health health = new Health();
      service =
          new TrainerService(settings, health, metrics, (name, failure) -> {})
              .management(new ManagementRoutes(health, metrics));
      service.start();
    }

    /** Calls over gRPC. */
    String call(String headers) throws Exception {
      return sent(
          "POST %s HTTP/1.1\r\n%sContent-Type: application/grpc\r\nContent-Length: 0\r\n"
              .formatted(EXECUTE, headers),
          "");
    }

    /** Sends a command as the page does. */
    String post(String headers) throws Exception {
      String body = "{\"command\":\"pause\"}";
      return sent(
          "POST /api/v1/commands HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n"
              .formatted(headers, body.length()),
          body);
    }

    private String sent(String head, String body) throws Exception {
      String request = head + "Connection: close\r\n\r\n" + body;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    double denied() {
      return metrics
          .registry()
          .get("millrace.management.denied")
          .tag("reason", "forbidden")
          .counter()
          .count();
    }

    @Override
    public void close() throws InterruptedException {
      assertThat(service.stop(PATIENCE)).isTrue();
      metrics.close();
    }
  }
}
