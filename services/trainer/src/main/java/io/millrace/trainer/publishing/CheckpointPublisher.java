package io.millrace.trainer.publishing;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.failures.RecordRefusedException;
import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import io.millrace.checkpoints.failures.Refusals;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import io.millrace.learning.Progress;
import io.millrace.learning.state.State;
import io.millrace.runtime.LogKeys;
import io.millrace.trainer.events.EventLog;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what was learned, together with the dead letters of the same records and the events
 * that happened on the way.
 *
 * <p>Time decides when, never what: a checkpoint holds a state that the records alone have made. It
 * is taken where no record waits to be trained, so that its position has no holes. Owned by the
 * training thread.
 */
public final class CheckpointPublisher {
  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointPublisher.class);

  private final CheckpointSink sink;
  private final DeadLetters deadLetters;
  private final EventLog events;
  private final Origin origin;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private long uncovered;
  private final Set<String> told = new HashSet<>();
  private long unwritten;
  private long publishedAt;
  private long version;
  private @Nullable Attempt attempt;

  /**
   * @param interval the least time between two checkpoints, unless what waits for one fills up
   */
  public CheckpointPublisher(
      CheckpointSink sink,
      DeadLetters deadLetters,
      EventLog events,
      Origin origin,
      Duration interval,
      LongSupplier nanoTime,
      InstantSource clock) {
    this.sink = sink;
    this.deadLetters = deadLetters;
    this.events = events;
    this.origin = origin;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.publishedAt = nanoTime.getAsLong();
  }

  /** Returns where rejected records wait for their checkpoint. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /** Returns how many dead letters and events were passed over: the brokers did not take them. */
  public long unwritten() {
    return unwritten;
  }

  /** Says that a record was dealt with that the newest checkpoint does not cover. */
  public void taken() {
    uncovered++;
  }

  /** Says which checkpoint training goes on from. */
  public void goesOnFrom(long resumed) {
    version = resumed;
  }

  /** Returns the newest checkpoint published here or gone on from; 0 before the first. */
  public long version() {
    return version;
  }

  /** Returns whether there is something to publish and it is time; asked where no record waits. */
  public boolean isDue() {
    deadLetters.settle();
    return uncovered > 0
        && (deadLetters.isFull()
            || events.isFull()
            || nanoTime.getAsLong() - publishedAt >= intervalNanos);
  }

  /**
   * Publishes unless the newest checkpoint covers everything.
   *
   * @param learner in which no record waits to be trained
   * @param position the first records not dealt with
   * @param companion what goes with it
   */
  public void publish(Learner learner, StreamPosition position, CheckpointContributor companion) {
    if (uncovered == 0) {
      return;
    }
    long next = sink.nextVersion();
    Champion champion = companion.decide(next);
    write(new Attempt(snapshot(learner, position, companion), next, champion));
  }

  /** Returns whether a checkpoint is held that was not written, as far as is known. */
  public boolean hasUnwritten() {
    return attempt != null;
  }

  /** Writes the checkpoint that was not written. */
  public void publishAgain() {
    write(Objects.requireNonNull(attempt, "nothing was left to write"));
  }

  private void write(Attempt next) {
    attempt = next;
    version = taken(next);
    LOGGER
        .atDebug()
        .addKeyValue(LogKeys.VERSION, version)
        .log("Checkpoint of {} more records, {} rejected", uncovered, deadLetters.waiting().size());
    attempt = null;
    deadLetters.written();
    events.written();
    uncovered = 0;
    publishedAt = nanoTime.getAsLong();
  }

  /** Writes what brokers take: what goes with a checkpoint must not keep it from being written. */
  private long taken(Attempt next) {
    while (true) {
      List<ProducerRecord<byte[], byte[]>> covered = new ArrayList<>(deadLetters.waiting());
      covered.addAll(events.waiting(next.version()));
      try {
        return sink.write(next.snapshot(), covered, next.champion());
      } catch (RecordRefusedException e) {
        passOver(e.refused());
      }
    }
  }

  private void passOver(List<Refused> refused) {
    long passedOver = deadLetters.refused(refused) + events.refused(refused);
    Refused first = refused.get(0);
    if (passedOver == 0) {
      warn(first, "A dead letter is too large for its topic; what the record holds is left out");
    } else if (told.add(first.record().topic())) { // once; the meter goes on
      warn(first, "Not taken by its topic and passed over; training goes on");
    }
    unwritten += passedOver;
  }

  private static void warn(Refused refused, String message) {
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.TOPIC, refused.record().topic())
        .addKeyValue(LogKeys.REASON, Refusals.reason(refused.reason()))
        .log(message);
  }

  private Snapshot snapshot(
      Learner learner, StreamPosition position, CheckpointContributor companion) {
    Progress progress = learner.progress();
    Summary summary =
        new Summary(
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            position,
            counts(progress.counts()),
            progress.phase().name(),
            progress.learningRate(),
            progress.validation(),
            origin.provenance(),
            HexFormat.of().formatHex(learner.parametersSha256()));
    State state = learner.state();
    events.save(state.child("events"));
    companion.save(state.child("control"));
    return new Snapshot(origin.definition(), learner.weights(), state, summary);
  }

  /** A checkpoint on its way, until it is written for certain. */
  private record Attempt(Snapshot snapshot, long version, Champion champion) {}

  private static StoredCounts counts(Counts counts) {
    return new StoredCounts(
        counts.trained(),
        counts.validated(),
        counts.rejected(),
        counts.scored(),
        counts.steps(),
        counts.evaluations());
  }
}
