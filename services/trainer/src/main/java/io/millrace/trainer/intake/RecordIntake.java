package io.millrace.trainer.intake;

import io.millrace.runtime.LogKeys;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of all partitions of a topic, from given positions on.
 *
 * <p>There is no consumer group: partitions are assigned, so that nothing takes them away from a
 * training thread that is busy for long, and the position is the checkpoint's, not the broker's.
 * Partitions that are added to the topic are found within {@value #REFRESH_SECONDS} seconds and
 * read from their beginning. Where retention has removed records before they were read, reading
 * goes on with the oldest that is left, and the gap is logged and counted.
 *
 * <p>Owned by the training thread, consumer included.
 */
public final class RecordIntake {
  private static final Logger LOGGER = LoggerFactory.getLogger(RecordIntake.class);
  private static final int REFRESH_SECONDS = 10;
  private static final long NEVER_READ = -1;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final LongSupplier nanoTime;
  private final TimestampWatch timestamps = new TimestampWatch(InstantSource.system());
  private List<TopicPartition> partitions = List.of();
  private long[] nextOffsets = {};
  private long refreshedAt;
  private long lost;
  private boolean rewound;

  public RecordIntake(Consumer<byte[], byte[]> consumer, String topic, LongSupplier nanoTime) {
    this.consumer = consumer;
    this.topic = topic;
    this.nanoTime = nanoTime;
  }

  /**
   * Goes to a position.
   *
   * @param position by partition, the offset to read next; a partition that is absent is read from
   *     its beginning
   */
  public void seek(Map<Integer, Long> position) {
    nextOffsets = new long[0];
    partitions = List.of();
    consumer.assign(List.of()); // what was fetched for another position is dropped
    assign(consumer.partitionsFor(topic).size());
    position.forEach(
        (partition, offset) -> {
          nextOffsets[partition] = offset;
          consumer.seek(partitions.get(partition), offset);
        });
    partitions.forEach(consumer::position); // seeking is lazy: polls that do not wait take several
  }

  /**
   * Goes back to a position, as {@link #seek} does, from which partitions are read up to where they
   * are {@linkplain #hold held}; no partition is added until they are {@linkplain #release
   * released}.
   */
  public void rewind(Map<Integer, Long> position) {
    rewound = true;
    seek(position);
  }

  /** Returns the offset that is fetched next, with all records before it handed out. */
  public long fetchPosition(int partition) {
    return consumer.position(partitions.get(partition));
  }

  /** Reads no further in a partition, whose next record is the one at {@code offset}. */
  public void hold(int partition, long offset) {
    TopicPartition held = partitions.get(partition);
    consumer.pause(List.of(held));
    consumer.seek(held, offset);
    nextOffsets[partition] = offset;
  }

  /** Reads on in all partitions. */
  public void release() {
    rewound = false;
    consumer.resume(partitions);
  }

  /** Returns by partition the offset of the oldest record there is. */
  public SortedMap<Integer, Long> oldest() {
    return byPartition(consumer.beginningOffsets(partitions));
  }

  /**
   * Returns by partition the offset of the first record at or after a time; absent where there is
   * none.
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

  /** Returns how many partitions are read. */
  public int partitions() {
    return partitions.size();
  }

  /** Returns records that follow on those taken; waits up to {@code patience} for the first. */
  public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    findNewPartitions();
    timestamps.polled();
    try {
      return consumer.poll(patience);
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach(this::skipToOldest);
      return ConsumerRecords.empty();
    }
  }

  /** Says that a record has been dealt with: the position moves behind it. */
  public void taken(ConsumerRecord<byte[], byte[]> record) {
    nextOffsets[record.partition()] = record.offset() + 1;
    timestamps.see(record);
  }

  /** Returns by partition the offset behind the last record taken; absent where there is none. */
  public SortedMap<Integer, Long> position() {
    SortedMap<Integer, Long> position = new TreeMap<>();
    for (int partition = 0; partition < nextOffsets.length; partition++) {
      if (nextOffsets[partition] != NEVER_READ) {
        position.put(partition, nextOffsets[partition]);
      }
    }
    return position;
  }

  /** Returns how many records of the topic have not been fetched, as far as is known. */
  public long lag() {
    long lag = 0;
    for (TopicPartition partition : partitions) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }

  /** Returns how many offsets were gone before they could be read. */
  public long lost() {
    return lost;
  }

  private static SortedMap<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    SortedMap<Integer, Long> result = new TreeMap<>();
    offsets.forEach((partition, offset) -> result.put(partition.partition(), offset));
    return result;
  }

  private void findNewPartitions() {
    if (rewound
        || nanoTime.getAsLong() - refreshedAt < Duration.ofSeconds(REFRESH_SECONDS).toNanos()) {
      return;
    }
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
    consumer.assign(partitions); // keeps the positions of those it had
    consumer.seekToBeginning(partitions.subList(known, count));
    refreshedAt = nanoTime.getAsLong();
  }

  private void skipToOldest(TopicPartition partition, long wanted) {
    long oldest =
        Objects.requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition));
    consumer.seek(partition, oldest);
    lost += Math.max(0, oldest - wanted);
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.TOPIC, topic)
        .addKeyValue(LogKeys.PARTITION, partition.partition())
        .addKeyValue(LogKeys.OFFSET, wanted)
        .log("No longer on the topic; reading goes on at offset {}", oldest);
  }
}
