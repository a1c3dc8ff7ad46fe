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
 * Commands over gRPC by callers who must not command, on a trainer's port that asks for no names.
 * No broker is there: who is denied is so before anything is read.
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

    String call(String headers) throws Exception {
      String request =
          "POST %s HTTP/1.1\r\n%sContent-Type: application/grpc\r\n".formatted(EXECUTE, headers)
              + "Connection: close\r\nContent-Length: 0\r\n\r\n";
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
