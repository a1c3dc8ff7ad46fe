package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a trainer's status and who may command it, on real sockets, and what is logged. */
class ControlAccessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LOOKS = "Bearer looks";
  private static final String COMMANDS = "Bearer commands";

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Metrics metrics = new Metrics();
  private LoggedLines log;
  private EmbeddedBroker broker;
  private TrainerService trainer;
  private HttpService management;

  @BeforeEach
  void start() throws Exception {
    log = new LoggedLines("io.millrace");
    broker = EmbeddedBroker.started();
    TestStream stream = new TestStream(broker.bootstrapServers(), "guarded", 10);
    stream.createTopic();
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, "# Prometheus\ninfer looks\nadmin commands\n");
    TrainerSettings settings =
        stream.settingsWith(
            "management",
            Map.of(
                "host",
                "0.0.0.0",
                "port",
                0,
                "authentication",
                Map.of("tokens", tokens.toString())));
    Health health = new Health();
    trainer = new TrainerService(settings, health, metrics, (name, failure) -> {});
    management = trainer.management(new ManagementRoutes(health, metrics));
    management.start();
    trainer.start();
    awaitReady(health);
  }

  private static void awaitReady(Health health) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (health.reasonsAgainstReadiness().containsKey("trainer")) {
      assertThat(System.nanoTime()).as("the trainer is not ready").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @AfterEach
  void stop() throws Exception {
    management.stop(PATIENCE);
    trainer.stop(PATIENCE);
    broker.close();
    metrics.close();
    log.close();
  }

  @Test
  void execute_callerWithoutTheRole_isDeniedAndLogged() throws Exception {
    try (ControlClient nobody = new ControlClient(management.port());
        ControlClient looks = new ControlClient(management.port(), LOOKS)) {
      assertThatThrownBy(() -> nobody.execute(pause("1")))
          .hasMessageContaining("16: a bearer token is needed");
      assertThatThrownBy(() -> looks.execute(pause("2")))
          .hasMessageContaining("7: the token does not allow this");
      assertThat(looks.status("guarded").getPaused()).isFalse();
    }
    assertThat(audited()).hasSize(2);
    assertThat(audited().get(0))
        .startsWith("WARN Command denied [caller=\"unknown\", address=")
        .contains("reason=\"a bearer token is needed\"");
    assertThat(audited().get(1))
        .startsWith("WARN Command denied [caller=\"token of line 2\", address=")
        .contains("path=\"/millrace.control.v1.TrainingControl/Execute\"");
    assertThat(scraped())
        .contains("millrace_management_denied_total{reason=\"unauthenticated\"} 1.0")
        .contains("millrace_management_denied_total{reason=\"forbidden\"} 1.0");
  }

  @Test
  void execute_operator_isCarriedOutAndLoggedWithoutTheToken() throws Exception {
    try (ControlClient operator = new ControlClient(management.port(), COMMANDS)) {
      assertThat(operator.execute(pause("one\nline")).getAccepted()).isTrue();
      assertThat(operator.execute(pause("two")).getAccepted()).isFalse();
    }
    assertThat(audited()).hasSize(2);
    assertThat(audited().get(0))
        .startsWith("INFO Command accepted [caller=\"token of line 3\", address=")
        .contains("command=\"pause\", id=\"one?line\"");
    assertThat(audited().get(1))
        .startsWith("INFO Command refused [caller=\"token of line 3\", address=")
        .endsWith("id=\"two\", reason=\"training is paused already\"]");
    assertThat(log.lines())
        .contains("INFO Command done [command=\"pause\", id=\"one?line\"]")
        .noneMatch(line -> line.contains("=\"commands\""));
  }

  @Test
  void rest_probesAreOpen_metricsAreNot() throws Exception {
    assertThat(status("/livez", "")).isEqualTo(200);
    assertThat(status("/readyz", "")).isIn(200, 503);
    assertThat(status("/metrics", "")).isEqualTo(401);
    assertThat(status("/metrics", LOOKS)).isEqualTo(200);
  }

  private String scraped() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + "/metrics"))
            .timeout(PATIENCE)
            .header("authorization", LOOKS)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private List<String> audited() {
    return log.lines().stream().filter(line -> line.contains("caller=")).toList();
  }

  private static Command.Builder pause(String id) {
    return Command.newBuilder().setModel("guarded").setId(id).setPause(Pause.getDefaultInstance());
  }

  private int status(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + path))
            .timeout(PATIENCE);
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
