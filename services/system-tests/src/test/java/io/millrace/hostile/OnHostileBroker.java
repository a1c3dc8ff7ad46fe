package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.crash.JavaProcess;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A hostile broker, and what services need on it: a stream, and patience. */
@Tag("hostile")
abstract class OnHostileBroker {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;
  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  final Health health = new Health();
  final Metrics metrics = new Metrics();
  private static int models;
  static HostileBroker broker;
  HostileStream stream;
  private Supplier<Object> progress = () -> "no trainer";

  @BeforeAll
  static void openDoor() throws IOException {
    broker = new HostileBroker();
  }

  @AfterAll
  static void closeDoor() throws IOException {
    broker.close();
  }

  @BeforeEach
  void open() throws Exception {
    stream = new HostileStream(broker.bootstrapServers(), "m" + ++models, folder.toString());
    stream.createTopics(
        topic("records"),
        topic("dead-letters"),
        topic("features"),
        topic("labels"),
        topic("unjoined"),
        topic("log"));
  }

  @AfterEach
  void close() {
    stream.close();
    metrics.close();
  }

  /** What the service is given to do, in two parts. */
  @FunctionalInterface
  interface Work {
    void give(int from, int to) throws Exception;
  }

  /**
   * Lets answers to a topic's writes break off, come late, and break off again until the broker has
   * restarted: what it took before that, nobody was told.
   */
  void trouble(String topic, Work work, int size) throws Exception {
    broker.breakOff(topic, 3);
    work.give(0, size / 2);
    await(() -> broker.hasBrokenOff(topic));
    broker.delay(50);
    broker.breakOff(topic, Integer.MAX_VALUE);
    work.give(size / 2, size);
    broker.restart();
    broker.breakOff(topic, 0);
    broker.delay(0);
  }

  String topic(String suffix) {
    return stream.configuration().model() + "." + suffix;
  }

  List<String> keys(String topic) {
    return stream.committed(topic).stream().map(record -> new String(record.key(), UTF_8)).toList();
  }

  TrainerService trainer() {
    TrainerService trainer =
        new TrainerService(
            stream.configuration().trainer(), health, metrics, (name, e) -> failures.add(e));
    progress = trainer::progress;
    trainer.start();
    return trainer;
  }

  static long records(TrainerService trainer) {
    return trainer.progress().learning().counts().records();
  }

  void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(failures).as(this::state).isEmpty();
      assertThat(System.nanoTime()).as(this::state).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Returns all that can explain why a service does not go on. */
  private String state() {
    return "%s%ncovered: %s%nnot ready: %s%n%s"
        .formatted(
            progress.get(),
            stream.coveredOrWhyNot(),
            health.reasonsAgainstReadiness(),
            JavaProcess.threads(ProcessHandle.current().pid()));
  }
}
