package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Lifecycle;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a trainer's probes answer, over HTTP, with a real broker that goes and comes. */
class TruthAboutHealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private Lifecycle lifecycle;
  private int port;

  @BeforeEach
  void begin() {
    lifecycle = Lifecycle.begin(health, Duration.ZERO, PATIENCE);
  }

  @AfterEach
  void end() {
    lifecycle.close();
    broker.close();
    metrics.close();
  }

  @Test
  void readyz_brokerIsAwayForLongerThanTheLimit_isOffWithTheReasonUntilItIsBack() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "outage", 100);
    start(stream.settingsWith("readiness", Map.of("broker_away", "5s")));
    await("/readyz", 200, "ready");

    // When
    broker.stop();

    // Then
    String reason = await("/readyz", 503, "brokers: away for ");
    assertThat(reason).contains(broker.bootstrapServers());
    assertThat(status("/livez")).as("a restart would not help").isEqualTo(200);

    // When
    broker.start();

    // Then
    assertThat(await("/readyz", 200, "ready")).doesNotContain("brokers");
    assertThat(status("/livez")).isEqualTo(200);
  }

  @Test
  void readyz_learningHasDiverged_isOffWithTheReasonUntilARoundBegins() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "diverging", 2000);
    TrainerSettings settings =
        stream.settingsWith(
            "training",
            Map.of("batch_size", 8, "optimizer", Map.of("type", "sgd", "learning_rate", 1e30)));

    // When
    start(settings);

    // Then
    assertThat(await("/readyz", 503, "learning: stopped in round 1"))
        .contains("not finite too often", "`millrace retrain` begins another round");
    assertThat(status("/livez")).as("a restart would not help").isEqualTo(200);

    // When
    try (ControlClient operator = new ControlClient(port)) {
      Command.Builder retrain =
          Command.newBuilder()
              .setModel("diverging")
              .setId("1")
              .setRetrain(Retrain.getDefaultInstance());
      assertThat(operator.execute(retrain).getAccepted()).isTrue();
    }

    // Then
    await("/readyz", 200, "ready");
  }

  @Test
  void probes_anotherTrainerTookOver_areOffAndSaySo() throws Exception {
    // Given
    TestStream stream = TestStream.written(broker, "taken", 100);
    TrainerSettings settings = stream.settings();
    start(settings);
    await("/readyz", 200, "ready");

    // When
    Metrics others = new Metrics();
    TrainerService other =
        new TrainerService(settings, new Health(), others, (name, failure) -> {});
    other.start();

    // Then
    await("/livez", 503, "trainer: ends: fenced: another trainer of taken took over");
    assertThat(await("/readyz", 503, "trainer: ends: fenced")).contains("took over");
    assertThat(other.stop(PATIENCE)).isTrue();
    others.close();
  }

  private void start(TrainerSettings settings) throws InterruptedException {
    TrainerService trainer = new TrainerService(settings, health, metrics, lifecycle::failed);
    HttpService management = trainer.management(new ManagementRoutes(health, metrics));
    lifecycle.start(management);
    port = management.port();
    lifecycle.start(
        BrokerWatch.service(
            settings.kafka(),
            Optional.of(settings.readiness().brokerAway()),
            health,
            metrics,
            lifecycle::failed));
    lifecycle.start(trainer);
    lifecycle.ready();
  }

  /** Asks until a probe answers that; returns its whole answer. */
  private String await(String path, int status, String text) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> answer = ask(path);
    while (answer.statusCode() != status || !answer.body().contains(text)) {
      assertThat(System.nanoTime())
          .as("%s answers %s", path, List.of(answer.statusCode(), answer.body()))
          .isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      answer = ask(path);
    }
    return answer.body();
  }

  private int status(String path) throws Exception {
    return ask(path).statusCode();
  }

  private HttpResponse<String> ask(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
