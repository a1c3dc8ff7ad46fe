package io.millrace.trainer.publishing;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.failures.RecordRefusedException;
import io.millrace.checkpoints.failures.RecordRefusedException.Refused;
import io.millrace.checkpoints.failures.Refusals;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.checkpoints.manifest.StoredRival;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import io.millrace.learning.Progress;
import io.millrace.learning.RivalProgress;
import io.millrace.learning.state.State;
import io.millrace.runtime.LogKeys;
import io.millrace.trainer.decoding.shared.Rejected;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what was learned, together with the dead letters and events of the same records.
 *
 * <p>Time decides when a checkpoint is taken, never what it contains: its state depends on the
 * records alone. It is taken while no record is pending, so its position has no gaps. Owned by the
 * training thread.
 */
public final class CheckpointPublisher {
  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointPublisher.class);

  private final CheckpointSink sink;
  private final DeadLetters deadLetters;
  private final EventLog events;
  private final Rejections rejections;
  private final Provenance provenance;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private long uncovered;
  private boolean isRequested;
  private final Set<String> told = new HashSet<>();
  private long unwritten;
  private long publishedAt;
  private long version;
  private @Nullable Attempt attempt;

  /**
   * @param provenance what produces the model
   * @param interval the shortest time between two checkpoints, unless too many dead letters or
   *     events wait
   */
  public CheckpointPublisher(
      CheckpointSink sink,
      DeadLetters deadLetters,
      EventLog events,
      Provenance provenance,
      Duration interval,
      LongSupplier nanoTime,
      InstantSource clock) {
    this.sink = sink;
    this.deadLetters = deadLetters;
    this.events = events;
    this.rejections = new Rejections(nanoTime);
    this.provenance = provenance;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.publishedAt = nanoTime.getAsLong();
  }

  /** Returns the rejected records that wait for their checkpoint. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /** Returns how many dead letters and events were skipped because the brokers refused them. */
  public long unwritten() {
    return unwritten;
  }

  /**
   * Adds a rejected record to the dead letters.
   *
   * @param consumed how many records were consumed
   */
  public void reject(ConsumerRecord<byte[], byte[]> record, Rejected rejected, long consumed) {
    deadLetters.add(record, rejected);
    rejections.add(rejected).ifPresent(event -> events.add(consumed, event));
  }

  /** Returns the most frequent problems of rejected records, the most frequent first. */
  public List<StoredRejection> problems() {
    return rejections.mostFrequent();
  }

  /**
   * Logs the rejected records that were not logged yet.
   *
   * @param consumed how many records were consumed
   * @param quiet whether no record waits
   */
  public void tellRejections(long consumed, boolean quiet) {
    rejections.tell(consumed, quiet);
  }

  /** Counts a processed record that the newest checkpoint does not cover. */
  public void countTaken() {
    uncovered++;
  }

  /** Requests a checkpoint even if no record is processed, such as after a command. */
  public void requestCheckpoint() {
    isRequested = true;
  }

  /**
   * Sets the checkpoint that training resumes from.
   *
   * @param state what {@link #publish} saved in it
   */
  public void goesOnFrom(long resumed, State state) {
    version = resumed;
    rejections.restore(state.child("rejections"));
  }

  /** Returns the newest checkpoint published here or gone on from; 0 before the first. */
  public long version() {
    return version;
  }

  /**
   * Returns whether a checkpoint is due and has something to cover. Must be called while no record
   * is pending.
   */
  public boolean isDue() {
    deadLetters.settle();
    return hasUncovered()
        && (deadLetters.isFull()
            || events.isFull()
            || nanoTime.getAsLong() - publishedAt >= intervalNanos);
  }

  /**
   * Publishes a checkpoint, unless the newest one covers everything.
   *
   * @param learner a learner without pending records
   * @param position the position of the first unprocessed records
   * @param contributor contributes its state and the champion
   */
  public void publish(Learner learner, StreamPosition position, CheckpointContributor contributor) {
    if (!hasUncovered()) {
      return;
    }
    long next = sink.nextVersion();
    Champion champion = contributor.decide(next);
    write(new Attempt(snapshot(learner, position, contributor), next, champion));
  }

  /** Returns whether a checkpoint is held that may not have been written. */
  public boolean hasUnwritten() {
    return attempt != null;
  }

  /** Writes the held checkpoint again. */
  public void publishAgain() {
    write(Objects.requireNonNull(attempt, "nothing was left to write"));
  }

  private boolean hasUncovered() {
    return uncovered > 0 || isRequested;
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
    isRequested = false;
    publishedAt = nanoTime.getAsLong();
  }

  /**
   * Writes the checkpoint with all records that the brokers accept. A refused dead letter or event
   * must not prevent the checkpoint.
   */
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
    } else if (told.add(first.record().topic())) { // logged once; the meter counts all
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
      Learner learner, StreamPosition position, CheckpointContributor contributor) {
    Progress progress = learner.progress();
    Summary summary =
        new Summary(
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            position,
            counts(progress.counts()),
            progress.phase().name(),
            progress.learningRate(),
            progress.validation(),
            provenance,
            HexFormat.of().formatHex(learner.parametersSha256()),
            rejections.most(),
            progress.rivals().stream().map(CheckpointPublisher::stored).toList());
    State state = learner.state();
    events.save(state.child("events"));
    rejections.save(state.child("rejections"));
    contributor.save(state.child("control"));
    String definition = DefinitionJson.write(learner.definition().tree());
    return new Snapshot(definition, learner.weights(), state, summary);
  }

  /** A checkpoint on its way, until it is written for certain. */
  private record Attempt(Snapshot snapshot, long version, Champion champion) {}

  private static StoredRival stored(RivalProgress rival) {
    return new StoredRival(rival.name(), rival.share(), rival.loss(), rival.changes());
  }

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
