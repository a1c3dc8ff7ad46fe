package io.millrace.trainer.commands;

import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.learning.state.State;
import io.millrace.trainer.intake.RecordIntake;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The inbox of commands for a model. The position up to which they were executed is part of the
 * checkpoint, like the position of the records. It polls the topic ten times a second. Owned by the
 * training thread.
 */
public final class CommandInbox {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final long NEVER_READ = -1;

  /** What is wrong with it quotes it, so that its event says it, and no log. */
  private static final String UNREADABLE = "it is no command; its event says why";

  private final RecordIntake intake;
  private final String model;
  private final LongSupplier nanoTime;
  private final Refused refused;
  private long lookedAt;

  /** Receives the records that are not commands. */
  @FunctionalInterface
  public interface Refused {
    void refused(String topic, long offset, String reason);
  }

  /**
   * @param intake the intake of the commands topic
   * @param refused receives records that are not commands, in addition to the action of {@link
   *     #read}
   */
  public CommandInbox(RecordIntake intake, String model, LongSupplier nanoTime, Refused refused) {
    this.intake = intake;
    this.model = model;
    this.nanoTime = nanoTime;
    this.refused = refused;
    this.lookedAt = nanoTime.getAsLong() - PERIOD.toNanos();
  }

  /** Begins with the oldest command on the topic. */
  public void begin() {
    intake.resume(new StreamPosition(intake.topic(), Map.of()));
  }

  /**
   * Passes new commands to {@code action}, one by one. The position is already past a command when
   * it is passed.
   */
  public void read(Consumer<Received> action) {
    long now = nanoTime.getAsLong();
    if (now - lookedAt < PERIOD.toNanos()) {
      return;
    }
    lookedAt = now;
    for (ConsumerRecord<byte[], byte[]> record : intake.poll(Duration.ZERO)) {
      Optional<Received> received = CommandEvents.read(record, model);
      intake.taken(record);
      received
          .filter(each -> !each.isReadable())
          .ifPresent(each -> refused.refused(record.topic(), record.offset(), UNREADABLE));
      received.ifPresent(action);
    }
  }

  public void save(State state) {
    SortedMap<Integer, Long> position = intake.position();
    long[] offsets = new long[position.isEmpty() ? 0 : position.lastKey() + 1];
    Arrays.fill(offsets, NEVER_READ);
    position.forEach((partition, offset) -> offsets[partition] = offset);
    state.put("offsets", offsets);
    state.put("topic_id", intake.streamPosition().topicId());
  }

  /** Rereads commands that were fetched but not passed on. */
  public void readAgain() {
    intake.seek(intake.position());
  }

  /**
   * Resumes after the last executed command, or with the oldest one if the topic was created anew.
   */
  public void restore(State state) {
    Map<Integer, Long> position = new TreeMap<>();
    long[] offsets = state.integers("offsets");
    for (int partition = 0; partition < offsets.length; partition++) {
      if (offsets[partition] != NEVER_READ) {
        position.put(partition, offsets[partition]);
      }
    }
    String topicId = state.has("topic_id") ? state.text("topic_id") : "";
    intake.resume(new StreamPosition(intake.topic(), topicId, position));
  }
}
