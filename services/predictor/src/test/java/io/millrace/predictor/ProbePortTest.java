package io.millrace.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbePortTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, Object> MUTUAL_TLS =
      Map.of("certificate", "c.pem", "key", "k.pem", "client_ca", "ca.pem");

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void start_servingPortThatWantsCertificates_answersProbesWithoutOne() throws Exception {
    ProbePort probes = port(0, Map.of("tls", MUTUAL_TLS));
    probes.start();

    URI address = URI.create("http://127.0.0.1:%d/livez".formatted(probes.port()));
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("alive\n");
    assertThat(probes.stop(PATIENCE)).isTrue();
  }

  @Test
  void page_predictorAlone_hasStateAndTakesNoCommands() throws Exception {
    ProbePort probes = port(0, Map.of("management", Map.of("port", 0)));
    probes.start();
    String base = "http://127.0.0.1:%d".formatted(probes.port());
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest state = HttpRequest.newBuilder(URI.create(base + "/api/v1/state")).build();
    HttpRequest command =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/commands"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"command\":\"pause\"}"))
            .build();

    assertThat(http.send(state, BodyHandlers.ofString()).body())
        .contains("\"model\":\"letters\"", "\"commands\":\"off\"")
        .doesNotContain("\"trainer\"");
    assertThat(http.send(command, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    assertThat(probes.stop(PATIENCE)).isTrue();
  }

  @Test
  void start_portOfTheTrainerBesideIt_goesOnWithoutAndSaysSo() throws Exception {
    try (ServerSocket trainer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Logged log = new Logged(ProbePort.class.getName())) {
      ProbePort probes = port(trainer.getLocalPort(), Map.of("tls", MUTUAL_TLS));
      probes.start();

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN No port for probes without a certificate");
      assertThat(probes.stop(PATIENCE)).isTrue();
    }
  }

  @Test
  void start_portGivenAndTaken_isRefused() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProbePort probes = port(0, Map.of("management", Map.of("port", other.getLocalPort())));

      assertThatThrownBy(probes::start)
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("serving.management");
    }
  }

  private ProbePort port(int management, Map<String, Object> serving) {
    Map<String, Object> document =
        Map.of(
            "model",
            "letters",
            "kafka",
            Map.of("bootstrap_servers", "127.0.0.1:1"),
            "management",
            Map.of("port", management),
            "serving",
            serving);
    PredictorSettings settings = PredictorSettings.read(Section.root(document));
    return ProbePort.of(settings, new Health(), metrics).orElseThrow();
  }
}
