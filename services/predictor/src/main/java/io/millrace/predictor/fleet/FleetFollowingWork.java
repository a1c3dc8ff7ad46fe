package io.millrace.predictor.fleet;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.checkpoints.fleet.FleetCheckpointCodec;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.checkpoints.kafka.Clients;
import io.millrace.predictor.following.KeyedModels;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.UnservableException;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the thread that follows a fleet's checkpoints. The fleet is ready once it has a
 * template, and has read what was there at the start.
 */
final class FleetFollowingWork implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(FleetFollowingWork.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final FleetServingSettings settings;
  private final Map<String, Object> consumerProperties;
  private final Fleet fleet;
  private final ServedModels served;
  private final Consumer<Integer> onPartitions;
  private final int maxRows;
  private final Clock clock;
  private final Health health;
  private final String topic;
  private final FleetCheckpointCodec codec = new FleetCheckpointCodec();
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private Map<TopicPartition, Long> behind = Map.of();
  private boolean isAssigned;
  private byte @Nullable [] template;

  /**
   * @param onPartitions takes the number of partitions of the topic, once it is known
   * @param maxRows the largest batch, in rows
   */
  FleetFollowingWork(
      FleetServingSettings settings,
      Map<String, Object> consumerProperties,
      Fleet fleet,
      Surroundings surroundings,
      Consumer<Integer> onPartitions) {
    this.settings = settings;
    this.consumerProperties = consumerProperties;
    this.fleet = fleet;
    this.onPartitions = onPartitions;
    served = surroundings.served();
    maxRows = surroundings.maxRows();
    clock = surroundings.clock();
    health = surroundings.health();
    topic = FleetTopic.of(settings.model());
    health.notReady(part(), "no checkpoint was published yet");
  }

  /**
   * What the fleet is served with.
   *
   * @param maxRows the largest batch, in rows
   */
  record Surroundings(ServedModels served, Health health, int maxRows, Clock clock) {}

  @Override
  public void onStart() {
    consumer = Clients.follower(consumerProperties);
  }

  @Override
  public void doWork() {
    KafkaConsumer<byte[], byte[]> open = Objects.requireNonNull(consumer);
    try {
      if (isAssigned || assign(open)) {
        open.poll(POLL).forEach(this::follow);
        showReadiness(open);
      } else {
        LockSupport.parkNanos(POLL.toNanos());
      }
    } catch (TimeoutException e) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, settings.model())
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("Checkpoints cannot be read now; trying again");
    }
  }

  @Override
  public void onClose() {
    if (consumer != null) {
      consumer.close();
    }
  }

  /** Begins with the oldest checkpoints; returns false if the topic does not exist yet. */
  private boolean assign(KafkaConsumer<byte[], byte[]> open) {
    List<TopicPartition> all =
        open.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (all.isEmpty()) {
      return false;
    }
    onPartitions.accept(all.size());
    List<TopicPartition> held =
        settings.partitions().isEmpty()
            ? all
            : all.stream()
                .filter(each -> settings.partitions().contains(each.partition()))
                .toList();
    open.assign(held);
    open.seekToBeginning(held);
    behind = open.endOffsets(held);
    isAssigned = true;
    return true;
  }

  private void follow(ConsumerRecord<byte[], byte[]> record) {
    if (!FleetTopic.isTemplate(record.key())) {
      fleet.follow(record.key(), record.value(), record.timestamp());
    } else if (record.value() != null) {
      template(record);
    }
  }

  private void template(ConsumerRecord<byte[], byte[]> record) {
    if (Arrays.equals(template, record.value())) {
      return; // each partition has it
    }
    try {
      FleetCheckpoint checkpoint = codec.decode(record.value());
      KeyedModels models = new KeyedModels(settings.model(), checkpoint, maxRows, clock);
      fleet.serve(models);
      served.serveTemplate(models.template(Instant.ofEpochMilli(record.timestamp())));
      template = record.value();
    } catch (CheckpointFormatException | UnservableException e) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, settings.model())
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("Checkpoint refused");
    }
  }

  private void showReadiness(KafkaConsumer<byte[], byte[]> open) {
    boolean hasRead =
        behind.entrySet().stream().allMatch(end -> open.position(end.getKey()) >= end.getValue());
    if (hasRead) {
      behind = Map.of();
    }
    if (hasRead && template != null) {
      health.ready(part());
    }
  }

  private String part() {
    return "model " + settings.model();
  }
}
