package io.millrace.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.proto.control.v1.Promote;
import io.millrace.proto.control.v1.Resume;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.commands.CommandSender;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Every meter records values. */
class TrainerMetersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Health health = new Health();
  @AutoClose private final Metrics metrics = new Metrics();
  private final Set<String> moved = new TreeSet<>();
  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void metrics_ofARunInWhichEverythingHappens_allMove() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "meters", 900);
    TrainerSettings settings = stream.settings(100);
    stream.createTopic();
    stream.createTopic(settings.records().deadLetters(), Map.of("cleanup.policy", "compact"));
    stream.produce(0, 300);
    TrainerService service = new TrainerService(settings, health, metrics, this::failed);
    service.start();
    await(() -> records(service) > 200 && service.progress().version() > 0);

    // When
    try (CommandSender sender = stream.sender(settings)) {
      sender.send(command("1").setPause(Pause.getDefaultInstance()).build());
      await(() -> service.progress().control().paused());
      stream.produce(300, 800);
      stream.deleteRecordsBefore(600);
      stream.send(new ProducerRecord<>(settings.commands().topic(), "no command".getBytes(UTF_8)));
      sender.send(command("2").setPromote(Promote.getDefaultInstance()).build());
      sender.send(command("3").setResume(Resume.getDefaultInstance()).build());
    }
    stream.produce(800, stream.size());

    // Then
    await(() -> unmoved().isEmpty());
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  /** Returns the meters that have been 0 at every call so far. */
  private Set<String> unmoved() {
    Set<String> names = new TreeSet<>();
    for (Meter meter : metrics.registry().getMeters()) {
      String name = meter.getId().getName();
      if (name.startsWith("millrace.trainer.")) {
        names.add(name);
        if (hasMoved(meter)) {
          moved.add(name);
        }
      }
    }
    names.removeAll(moved);
    return names;
  }

  private static boolean hasMoved(Meter meter) {
    return StreamSupport.stream(meter.measure().spliterator(), false)
        .anyMatch(value -> Double.isFinite(value.getValue()) && value.getValue() != 0);
  }

  private static Command.Builder command(String id) {
    return Command.newBuilder().setModel("meters").setId(id);
  }

  private static long records(TrainerService service) {
    return service.progress().learning().counts().records();
  }

  private void failed(String name, Throwable failure) {
    failures.add(failure);
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(failures).isEmpty();
      assertThat(System.nanoTime()).as("not moved: %s", unmoved()).isLessThan(deadline);
      unmoved(); // some are nonzero only for moments
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
