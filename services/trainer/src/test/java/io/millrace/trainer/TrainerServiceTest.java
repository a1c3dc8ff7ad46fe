package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.Summary;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.proto.control.v1.Pause;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.UnrecoverableException;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TrainerServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Health health = new Health();
  @AutoClose private final Metrics metrics = new Metrics();
  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void training_brokerGoesAwayAndComesBack_everyRecordIsCountedOnce() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "outage", 2000);
    TrainerSettings settings = stream.settings(100);
    stream.createTopic();
    stream.produce(0, 1000);
    TrainerService service = started(settings);
    await(() -> records(service) > 300);

    // When
    broker.stop();
    broker.start();
    stream.produce(1000, stream.size());
    await(() -> records(service) == stream.size());
    boolean stopped = service.stop(PATIENCE);

    // Then
    assertThat(stopped).isTrue();
    assertThat(failures).isEmpty();
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(newest.counts().records()).isEqualTo(stream.size());
    assertThat(newest.position().nextOffsets().get(0)).isEqualTo(stream.size());
    assertThat(stream.deadLetters(settings)).hasSize((int) stream.badRecords());
  }

  @Test
  void progress_whileTraining_isShownToMetersAndReadiness() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "progress", 500);
    stream.createTopic();
    stream.produce(0, stream.size());

    // When
    TrainerService service = started(stream.settings());
    await(() -> records(service) == stream.size() && service.progress().version() > 0);

    // Then
    assertThat(service.progress().lag()).isZero();
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(meter("millrace.trainer.records", "outcome", "rejected"))
        .isEqualTo(stream.badRecords());
    assertThat(meter("millrace.trainer.rejections", "reason", "UNDECODABLE"))
        .isEqualTo(stream.badRecords());
    assertThat(score("loss")).isPositive();
    assertThat(score("rolling_accuracy")).isGreaterThan(score("majority_accuracy"));
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void commands_overGrpc_areCarriedOutOnceAndAnswered() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "grpc", 300);
    stream.createTopic();
    stream.produce(0, stream.size());
    TrainerService service = started(stream.settings());
    HttpService management = service.management(new ManagementRoutes(health, metrics));
    management.start();
    await(() -> records(service) == stream.size());

    try (ControlClient client = new ControlClient(management.port())) {
      // When
      Command.Builder pause = Command.newBuilder().setPause(Pause.getDefaultInstance());
      CommandResult done = client.execute(pause.setModel("grpc").setId("1"));
      CommandResult again = client.execute(pause);
      CommandResult refused = client.execute(pause.setId("2"));
      await(() -> service.progress().control().paused());

      // Then
      assertThat(done.getAccepted()).isTrue();
      assertThat(again.getAccepted()).isTrue();
      assertThat(refused.getAccepted()).isFalse();
      assertThat(refused.getReason()).isEqualTo("training is paused already");
      assertThat(client.status("grpc").getPaused()).isTrue();
      assertThatThrownBy(() -> client.execute(pause.setModel("other")))
          .hasMessageContaining("model is other; this trainer's is grpc");
      assertThatThrownBy(() -> client.execute(pause.setModel("grpc").setId("7".repeat(257))))
          .hasMessageContaining("id has 257 characters; allowed: at most 256");
      assertThatThrownBy(() -> client.execute(Command.newBuilder().setModel("grpc").setId("3")))
          .hasMessageContaining("command is not set; allowed: retrain");
    }
    assertThat(management.stop(PATIENCE)).isTrue();
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void start_twoAtTheSameTime_oneEndsWithASentenceAndTheOtherLearnsAll() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "twins", 600);
    stream.createTopic();
    stream.produce(0, stream.size());
    TrainerSettings settings = stream.settings(50);

    // When
    TrainerService one = started(settings);
    TrainerService other = started(settings);
    awaitFailure();
    await(1, () -> Math.max(records(one), records(other)) == stream.size());

    // Then
    assertThat(failures)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(UnrecoverableException.class)
        .hasMessageStartingWith("fenced: another trainer of twins took over");
    assertThat(one.stop(PATIENCE)).isTrue();
    assertThat(other.stop(PATIENCE)).isTrue();
    Summary newest = stream.newestCheckpoint(settings).orElseThrow();
    assertThat(newest.counts().records()).isEqualTo(stream.size());
    assertThat(stream.deadLetters(settings)).hasSize((int) stream.badRecords());
  }

  @Test
  void start_topicMissing_saysSo() throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), "missing", 1);

    TrainerService service = started(stream.settings());
    awaitFailure();

    assertThat(failures)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("records.topic: is missing");
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void start_brokersAway_waitsAndTrainsOnceTheyAreThere() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "early", 300);
    stream.createTopic();
    stream.produce(0, stream.size());
    broker.stop();

    // When
    TrainerService service = started(stream.settings());
    await(() -> health.reasonsAgainstReadiness().getOrDefault("topics", "").startsWith("waits"));
    broker.start();
    await(() -> records(service) == stream.size());

    // Then
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void stop_whileBrokersAreAway_ends() throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), "never", 1);
    broker.stop();

    TrainerService service = started(stream.settings());

    assertThat(service.stop(PATIENCE)).isTrue();
  }

  private TrainerService started(TrainerSettings settings) {
    TrainerService service =
        new TrainerService(settings, health, metrics, (name, failure) -> failures.add(failure));
    service.start();
    return service;
  }

  private double meter(String name, String tag, String value) {
    return metrics.registry().get(name).tag(tag, value).counter().count();
  }

  private double score(String name) {
    return metrics.registry().get("millrace.trainer.score").tag("score", name).gauge().value();
  }

  private static long records(TrainerService service) {
    return service.progress().learning().counts().records();
  }

  private void awaitFailure() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (failures.isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void await(BooleanSupplier condition) {
    await(0, condition);
  }

  private void await(int expectedFailures, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(failures).hasSize(expectedFailures);
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
