package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.TopicIds;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.trainer.training.Inspections;
import io.millrace.trainer.training.ProgressMeter;
import io.millrace.trainer.training.TrainerProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A trainer driven by the test's thread. Closing it without stopping it simulates a crash. */
final class RunningTrainer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How far the clock advances whenever it is read, so that something is always due. */
  private static final long STRIDE_NANOS = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanos = new AtomicLong();
  private final ProgressMeter meter = new ProgressMeter(() -> nanos.addAndGet(STRIDE_NANOS));
  private final List<TrainingEvent> told = new ArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final TrainerSettings settings;
  private final Trainer trainer;

  RunningTrainer(TrainerSettings settings) {
    this.settings = settings;
    TrainerTopics.prepare(settings);
    ClientProperties clients = new ClientProperties(settings.kafka());
    trainer =
        new Trainer(
            settings,
            new Sources(
                new KafkaConsumer<>(clients.consumer("test")),
                new KafkaConsumer<>(clients.consumer("test-commands")),
                new TopicIds(settings.kafka())),
            told::add,
            meter,
            new Inspections(Optional.empty(), System::nanoTime),
            new Health(),
            new PassedOver(meters));
  }

  /** Returns how many records of a topic were skipped. */
  double refused(String topic) {
    return meters.get("millrace.trainer.refused").tag("topic", topic).counter().count();
  }

  TrainerProgress progress() {
    return meter.newest();
  }

  void turn(int times) {
    IntStream.range(0, times).forEach(i -> trainer.doWork());
  }

  void trainUntil(long records) {
    turnUntil(progress -> progress.learning().counts().records() >= records);
  }

  void turnUntil(Predicate<TrainerProgress> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(meter.newest())) {
      assertThat(System.nanoTime()).as("it told: %s", told).isLessThan(deadline);
      trainer.doWork();
    }
  }

  /** Turns until this trainer has answered this many commands, in written checkpoints. */
  void turnUntilAnswered(int commands) {
    turnUntil(progress -> told.stream().filter(RunningTrainer::isAnswer).count() >= commands);
  }

  private static boolean isAnswer(TrainingEvent event) {
    return event.hasCommandDone() || event.hasCommandRefused();
  }

  /** Stops the trainer, and waits until its last writes are readable. */
  void stop() {
    trainer.onStop();
    trainer.onClose();
    ClientProperties clients = new ClientProperties(settings.kafka());
    CheckpointWriter.open(
            clients.producer("test"),
            clients.consumer("test"),
            settings.checkpoints(),
            settings.model())
        .close(); // opening a writer waits for that
  }

  void crash() {
    trainer.onClose();
  }
}
