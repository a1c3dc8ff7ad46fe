package io.millrace.trainer.intake;

import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.runtime.LogKeys;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of all partitions of a topic, from given positions on.
 *
 * <p>There is no consumer group. Partitions are assigned, so that a rebalance cannot take them away
 * from a training thread that is busy for long. The position comes from the checkpoint, not from
 * the broker. New partitions of the topic are found within {@value #REFRESH_SECONDS} seconds and
 * read from their beginning.
 *
 * <p>{@link DataLoss} decides what happens when the next records are no longer on the topic. If
 * retention removed them, or if the topic was deleted and created anew (its id changes), reading
 * continues with the oldest record. If the topic was truncated, reading continues at its end, since
 * everything before it was read. Either case is logged, and the unread records are counted.
 *
 * <p>Owned by the training thread, including the consumer.
 */
public final class RecordIntake {
  private static final Logger LOGGER = LoggerFactory.getLogger(RecordIntake.class);
  private static final int REFRESH_SECONDS = 10;
  private static final long NEVER_READ = -1;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final LongSupplier nanoTime;
  private final TimestampWatch timestamps = new TimestampWatch(InstantSource.system());
  private final UnaryOperator<String> topicIds;
  private final DataLoss onDataLoss;
  private String topicId = "";
  private List<TopicPartition> partitions = List.of();
  private long[] nextOffsets = {};
  private long refreshedAt;
  private long lost;
  private boolean rewound;

  /**
   * Creates an intake of a topic whose id is unknown, so that a recreated topic is not detected.
   */
  public RecordIntake(Consumer<byte[], byte[]> consumer, String topic, LongSupplier nanoTime) {
    this(consumer, topic, nanoTime, name -> "", DataLoss.SKIP);
  }

  /**
   * @param topicIds returns a topic's id; empty if it is unknown
   */
  public RecordIntake(
      Consumer<byte[], byte[]> consumer,
      String topic,
      LongSupplier nanoTime,
      UnaryOperator<String> topicIds,
      DataLoss onDataLoss) {
    this.consumer = consumer;
    this.topic = topic;
    this.nanoTime = nanoTime;
    this.topicIds = topicIds;
    this.onDataLoss = onDataLoss;
  }

  /**
   * Resumes at the position of a checkpoint.
   *
   * @return whether the topic is still the one that the checkpoint refers to; if not, reading
   *     begins with the oldest record
   * @throws InvalidSettingsException if it is another topic and data loss ends the trainer
   * @throws UnknownTopicOrPartitionException if the topic does not exist at the moment
   */
  public boolean resume(StreamPosition position) {
    topicId = topicIds.apply(topic);
    if (isTopicOf(position)) {
      seek(position.nextOffsets());
      return true;
    }
    tell(
        "it was deleted and created anew since it was read up to " + position,
        "reads on at the oldest record of the new topic");
    seek(Map.of());
    lost += oldest().values().stream().mapToLong(Long::longValue).sum();
    return false;
  }

  /** Returns the position together with its topic. */
  public StreamPosition streamPosition() {
    return new StreamPosition(topic, topicId, position());
  }

  /**
   * Checks that the topic is still the one that {@link #resume} found.
   *
   * @throws UnknownTopicIdException if the topic was deleted
   */
  public void requireSameTopic() {
    String now = topicIds.apply(topic);
    if (!topicId.isEmpty() && !now.equals(topicId)) {
      throw new UnknownTopicIdException(
          "the topic %s was deleted%s".formatted(topic, now.isEmpty() ? "" : " and created anew"));
    }
  }

  /**
   * Seeks to a position.
   *
   * @param position by partition, the offset to read next; a partition that is absent is read from
   *     its beginning
   * @throws UnknownTopicOrPartitionException if the topic does not exist at the moment
   */
  public void seek(Map<Integer, Long> position) {
    int count = requirePartitions();
    nextOffsets = new long[0];
    partitions = List.of();
    consumer.assign(List.of()); // drops records that were fetched for another position
    assign(count);
    position.forEach(
        (partition, offset) -> {
          nextOffsets[partition] = offset;
          consumer.seek(partitions.get(partition), offset);
        });
    partitions.forEach(consumer::position); // seeking is lazy, and short polls would not finish it
  }

  /**
   * Seeks back to a position, as {@link #seek} does. Each partition is then read until it is
   * {@linkplain #hold held}. No partition is added until {@linkplain #release release}.
   */
  public void rewind(Map<Integer, Long> position) {
    rewound = true;
    seek(position);
  }

  /**
   * Returns the offset to fetch next. All records before it have been returned by {@link #poll}.
   */
  public long fetchPosition(int partition) {
    return consumer.position(partitions.get(partition));
  }

  /** Stops reading a partition. Its next record is the one at {@code offset}. */
  public void hold(int partition, long offset) {
    TopicPartition held = partitions.get(partition);
    consumer.pause(List.of(held));
    consumer.seek(held, offset);
    nextOffsets[partition] = offset;
  }

  /** Resumes reading in all partitions. */
  public void release() {
    rewound = false;
    consumer.resume(partitions);
  }

  /** Returns the offset of the oldest record of each partition. */
  public SortedMap<Integer, Long> oldest() {
    return byPartition(consumer.beginningOffsets(partitions));
  }

  /**
   * Returns, by partition, the offset of the first record at or after a time. Partitions without
   * such a record are absent.
   */
  public SortedMap<Integer, Long> since(long epochMillis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, epochMillis));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                offsets.put(partition, found.offset());
              }
            });
    return byPartition(offsets);
  }

  public String topic() {
    return topic;
  }

  /** Returns the number of partitions. */
  public int partitions() {
    return partitions.size();
  }

  /** Returns the next records. Waits up to {@code patience} for the first one. */
  public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    findNewPartitions();
    timestamps.polled();
    try {
      return consumer.poll(patience);
    } catch (OffsetOutOfRangeException e) {
      requireSameTopic();
      Map<TopicPartition, OffsetAndMetadata> cut =
          e instanceof LogTruncationException truncated ? truncated.divergentOffsets() : Map.of();
      e.offsetOutOfRangePartitions()
          .forEach((partition, wanted) -> skip(partition, wanted, cut.get(partition)));
      return ConsumerRecords.empty();
    }
  }

  /** Marks a record as processed: the position moves past it. */
  public void taken(ConsumerRecord<byte[], byte[]> record) {
    nextOffsets[record.partition()] = record.offset() + 1;
    timestamps.see(record);
  }

  /**
   * Returns, by partition, the offset after the last processed record. Partitions without one are
   * absent.
   */
  public SortedMap<Integer, Long> position() {
    SortedMap<Integer, Long> position = new TreeMap<>();
    for (int partition = 0; partition < nextOffsets.length; partition++) {
      if (nextOffsets[partition] != NEVER_READ) {
        position.put(partition, nextOffsets[partition]);
      }
    }
    return position;
  }

  /**
   * Returns how many records of the topic have not been fetched yet, as far as the client knows.
   */
  public long lag() {
    long lag = 0;
    for (TopicPartition partition : partitions) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }

  /** Returns how many offsets were removed before they could be read. */
  public long lost() {
    return lost;
  }

  private static SortedMap<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    SortedMap<Integer, Long> result = new TreeMap<>();
    offsets.forEach((partition, offset) -> result.put(partition.partition(), offset));
    return result;
  }

  /**
   * If an id is unknown, a topic counts as another one when it has fewer partitions than were read.
   */
  private boolean isTopicOf(StreamPosition position) {
    int count = requirePartitions();
    return topicId.isEmpty() || position.topicId().isEmpty()
        ? position.nextOffsets().keySet().stream().allMatch(partition -> partition < count)
        : topicId.equals(position.topicId());
  }

  private int requirePartitions() {
    int count = consumer.partitionsFor(topic).size();
    if (count == 0) {
      throw new UnknownTopicOrPartitionException("there is no topic %s".formatted(topic));
    }
    return count;
  }

  private void findNewPartitions() {
    if (rewound
        || nanoTime.getAsLong() - refreshedAt < Duration.ofSeconds(REFRESH_SECONDS).toNanos()) {
      return;
    }
    requireSameTopic();
    int count = consumer.partitionsFor(topic).size(); // from the client's metadata
    if (count > partitions.size()) {
      LOGGER.atInfo().addKeyValue(LogKeys.TOPIC, topic).log("Now {} partitions", count);
      assign(count);
    }
    refreshedAt = nanoTime.getAsLong();
  }

  private void assign(int count) {
    int known = partitions.size();
    TopicPartition[] all = new TopicPartition[count];
    Arrays.setAll(all, partition -> new TopicPartition(topic, partition));
    partitions = List.of(all);
    nextOffsets = Arrays.copyOf(nextOffsets, count);
    Arrays.fill(nextOffsets, known, count, NEVER_READ);
    consumer.assign(partitions); // keeps the positions of known partitions
    consumer.seekToBeginning(partitions.subList(known, count));
    refreshedAt = nanoTime.getAsLong();
  }

  private void skip(
      TopicPartition partition, long wanted, @Nullable OffsetAndMetadata truncatedAt) {
    long oldest = offset(consumer.beginningOffsets(List.of(partition)), partition);
    long end = offset(consumer.endOffsets(List.of(partition)), partition);
    long next = oldest;
    String loss = "records of partition %d from offset %d on are gone";
    if (wanted < oldest) {
      lost += oldest - wanted;
    } else if (truncatedAt != null || !topicId.isEmpty()) { // else maybe another topic by now
      next = truncatedAt == null ? end : truncatedAt.offset();
      loss = "partition %d was cut: it had been read up to offset %d, and ends before";
    }
    tell(loss.formatted(partition.partition(), wanted), "reads on at offset " + next);
    consumer.seek(partition, next);
  }

  private void tell(String loss, String remedy) {
    if (onDataLoss == DataLoss.FAIL) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "records.on_data_loss",
                  "is fail, and data of %s was lost: %s; allowed: skip, which %s, or another name"
                          .formatted(topic, loss, remedy)
                      + " under model to train a new one")));
    }
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.TOPIC, topic)
        .addKeyValue(LogKeys.REASON, loss)
        .log("Data was lost; the trainer {}", remedy);
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return Objects.requireNonNull(offsets.get(partition));
  }
}
