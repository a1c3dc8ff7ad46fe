package io.millrace.trainer.publishing;

import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.RecordsRejected;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.decoding.shared.Rejected;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with the rejected records of a model's life: how many have which problem. A person
 * learns of them by an event at the first, the tenth, the hundredth and so on, and by warnings: one
 * a minute, or whenever there are ten times as many. Owned by the training thread.
 */
final class Rejections {
  private static final Logger LOGGER = LoggerFactory.getLogger(Rejections.class);

  /** So that the first warning on a busy topic does not tell of one record only. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int GROWTH = 10;
  private static final int MOST_SHOWN = 10;

  private final LongSupplier nanoTime;

  /** The problems in the order in which they were first found. */
  private final Map<String, StoredRejection> byProblem = new LinkedHashMap<>();

  private long total;
  private long nextEvent = 1;
  private boolean untold;
  private long untoldSince;
  private long toldAt;
  private long toldTotal;

  Rejections(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts a rejected record; returns the event that is due with it. */
  Optional<TrainingEvent.Builder> add(Rejected rejected) {
    total++;
    byProblem.merge(
        rejected.problem(), one(rejected), (known, one) -> of(known, known.records() + 1));
    if (!untold) {
      untold = true;
      untoldSince = nanoTime.getAsLong();
    }
    if (total < nextEvent) {
      return Optional.empty();
    }
    nextEvent = 10 * nextEvent;
    return most().map(this::event);
  }

  /** Returns what most of the records have in common; empty if none was rejected. */
  Optional<StoredRejection> most() {
    StoredRejection most = null;
    for (StoredRejection each : byProblem.values()) {
      most = most == null || each.records() > most.records() ? each : most;
    }
    return Optional.ofNullable(most);
  }

  /** Returns the most frequent problems, the most frequent first. */
  List<StoredRejection> mostFrequent() {
    return byProblem.values().stream()
        .sorted(Comparator.comparingLong(StoredRejection::records).reversed())
        .limit(MOST_SHOWN)
        .toList();
  }

  /**
   * Logs how many records were rejected, if there are more than were logged and it is time.
   *
   * @param consumed how many records were consumed
   * @param quiet whether no record waits, so that nothing is gained by waiting for more
   */
  void tell(long consumed, boolean quiet) {
    long now = nanoTime.getAsLong();
    boolean isEnough = quiet || now - untoldSince >= PATIENCE_NANOS;
    if (untold && isEnough && (total >= GROWTH * toldTotal || now - toldAt >= PAUSE_NANOS)) {
      untold = false;
      toldAt = now;
      toldTotal = total;
      most()
          .ifPresent(
              most ->
                  LOGGER.warn(
                      "{} of {} records rejected so far, mostly: {} ({});"
                          + " `millrace dead-letters list` shows them",
                      total,
                      consumed,
                      most.problem(),
                      most.records()));
    }
  }

  void save(State state) {
    int index = 0;
    for (StoredRejection each : byProblem.values()) {
      State entry = state.child(String.valueOf(index++));
      entry.put("reason", each.reason());
      entry.put("field", each.field());
      entry.put("problem", each.problem());
      entry.put("records", each.records());
    }
    state.put("total", total);
    state.put("next_event", nextEvent);
  }

  void restore(State state) {
    if (!state.has("total")) {
      return; // older checkpoints counted none
    }
    byProblem.clear();
    for (int index = 0; state.contains(String.valueOf(index)); index++) {
      State entry = state.child(String.valueOf(index));
      StoredRejection each =
          new StoredRejection(
              entry.text("reason"),
              entry.text("field"),
              entry.text("problem"),
              entry.integer("records"));
      byProblem.put(each.problem(), each);
    }
    total = state.integer("total");
    nextEvent = state.integer("next_event");
  }

  private TrainingEvent.Builder event(StoredRejection most) {
    return TrainingEvent.newBuilder()
        .setRecordsRejected(
            RecordsRejected.newBuilder()
                .setRejected(total)
                .setProblem(most.problem())
                .setRecords(most.records()));
  }

  private static StoredRejection one(Rejected rejected) {
    String field = rejected.field() == null ? "" : rejected.field();
    return new StoredRejection(rejected.reason().name(), field, rejected.problem(), 1);
  }

  private static StoredRejection of(StoredRejection known, long records) {
    return new StoredRejection(known.reason(), known.field(), known.problem(), records);
  }
}
