package io.millrace.trainer;

import io.millrace.learning.Learner;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.training.ProgressMeter;
import io.millrace.trainer.training.TrainerProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The trainer as a service: learns from a topic of labelled records and publishes checkpoints, on a
 * thread of its own.
 *
 * <p>Starting looks for the topics and creates those that are Millrace's own; the thread then takes
 * over from any other trainer of the model, resumes and trains. Stopping ends with a checkpoint.
 */
public final class TrainerService implements Service {
  private static final String NAME = "trainer";

  private final TrainerSettings settings;
  private final Health health;
  private final Metrics metrics;
  private final BiConsumer<String, Throwable> onFailure;
  private final ProgressMeter meter = new ProgressMeter(System::nanoTime);
  private @Nullable OwnedThread thread;

  /**
   * @param onFailure takes this service's name and why it failed, on the training thread: another
   *     trainer of the model took over, the settings do not fit its checkpoint, or a defect
   */
  public TrainerService(
      TrainerSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.settings = settings;
    this.health = health;
    this.metrics = metrics;
    this.onFailure = onFailure;
    health.notReady(NAME, "resuming");
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Starts training.
   *
   * @throws InvalidSettingsException where no broker answers or a topic is missing
   */
  @Override
  public void start() {
    prepareTopics(settings);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new ClientProperties(settings.kafka()).consumer("millrace-intake"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    metrics.watch(consumer);
    new TrainerMetrics(
        metrics.registry(), this::progress, Learner.scoreNames(settings.definition()));
    thread = new OwnedThread(NAME, new Trainer(settings, consumer, meter, health), onFailure);
    thread.start();
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    return thread == null || thread.stop(patience);
  }

  /** Returns how training stands; any thread may ask. */
  public TrainerProgress progress() {
    return meter.newest();
  }

  static void prepareTopics(TrainerSettings settings) {
    try (Topics topics = Topics.connect(settings.kafka())) {
      topics.partitions("records.topic", settings.records().topic());
      topics.ensure(
          "records.dead_letters",
          new NewTopic(settings.records().deadLetters(), Optional.empty(), Optional.empty()));
      settings
          .checkpoints()
          .topics()
          .definitions()
          .forEach(topic -> topics.ensure("checkpoints.topic", topic));
    }
  }
}
