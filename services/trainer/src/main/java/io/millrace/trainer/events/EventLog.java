package io.millrace.trainer.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.TrainingEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The events that wait for the checkpoint that covers them. They are written in its transaction, so
 * they are seen exactly once: after a crash the same records are learned again, and the same events
 * occur with the same numbers. Owned by the training thread.
 */
public final class EventLog {
  private static final int MOST_EVENTS = 10_000;

  private final String model;
  private final EventSettings settings;
  private final InstantSource clock;
  private final EventListener listener;
  private final List<TrainingEvent.Builder> waiting = new ArrayList<>();
  private final Map<ProducerRecord<byte[], byte[]>, TrainingEvent.Builder> offered =
      new IdentityHashMap<>();
  private final Set<TrainingEvent.Builder> passedOver =
      Collections.newSetFromMap(new IdentityHashMap<>());
  private long number;

  public EventLog(
      String model, EventSettings settings, InstantSource clock, EventListener listener) {
    this.model = model;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Adds an event.
   *
   * @param records how many records had been consumed
   * @param event the event, without the fields that are common to all events
   */
  public void add(long records, TrainingEvent.Builder event) {
    waiting.add(
        event
            .setModel(model)
            .setNumber(++number)
            .setRecords(records)
            .setTimeMillis(clock.instant().toEpochMilli()));
    listener.happened(event);
  }

  /** Returns whether so many events wait that a checkpoint is due. */
  public boolean isFull() {
    return waiting.size() >= MOST_EVENTS;
  }

  /** Returns the records to write with the checkpoint of this version. */
  public List<ProducerRecord<byte[], byte[]>> waiting(long version) {
    offered.clear();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (TrainingEvent.Builder event : waiting) {
      if (!passedOver.contains(event)) {
        ProducerRecord<byte[], byte[]> record = record(event.setSequence(version).build());
        offered.put(record, event);
        records.add(record);
      }
    }
    return records;
  }

  /**
   * Removes events that the brokers refused. Their numbers will be missing on the topic.
   *
   * @return how many events were removed
   */
  public long refused(List<Refused> refused) {
    long before = passedOver.size();
    refused.stream()
        .map(Refused::record)
        .map(offered::get)
        .filter(Objects::nonNull)
        .forEach(passedOver::add);
    return passedOver.size() - before;
  }

  /** Marks the waiting events as written and publishes them. */
  public void written() {
    waiting.forEach(event -> listener.published(event.build()));
    waiting.clear();
    offered.clear();
    passedOver.clear();
  }

  /** Saves the number of events so far, including waiting ones. */
  public void save(State state) {
    state.put("number", number);
  }

  public void restore(State state) {
    number = state.integer("number");
  }

  private ProducerRecord<byte[], byte[]> record(TrainingEvent event) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            settings.topic(), model.getBytes(UTF_8), settings.format().encode(event));
    record.headers().add(EventFormat.CONTENT_TYPE, settings.format().contentType().getBytes(UTF_8));
    return record;
  }
}
