package io.millrace.fleet.keyed;

import io.millrace.fleet.keyed.FleetTotals.Count;
import io.millrace.learning.evaluation.EventTime;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The models of one partition. A record waits with its key until a mini-batch is full; then the
 * key's model is restored, learns, and is saved. All of it is state of Kafka Streams after each
 * record, so that it does not matter when a transaction ends: what a key's model learns depends on
 * the partition's records and the settings alone.
 *
 * <p>Owned by the partition's thread.
 */
final class PartitionFleet {
  static final String WAITING = "waiting";

  /**
   * A mini-batch of larger records is learned before it is full; entries of a topic are limited.
   */
  private static final int MOST_WAITING_BYTES = 1 << 20;

  private static final int SWEPT_AT_ONCE = 10_000;
  private static final int SWEEPS_WITHIN = 8;
  private static final String RECORD_KEY = "key";

  private final FleetSettings settings;
  private final FleetTotals totals;
  private final DeadLetters deadLetters;
  private final KeyedLearner learner;
  private final ModelStore models;
  private final Ledger ledger;
  private final KeyValueStore<Bytes, byte[]> waiting;
  private final int batchSize;
  private boolean hasTemplate;
  private long nextSweep = EventTime.NONE;

  PartitionFleet(
      FleetSettings settings,
      FleetTotals totals,
      Ledger ledger,
      DeadLetters deadLetters,
      ProcessorContext<byte[], byte[]> context) {
    this.settings = settings;
    this.totals = totals;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    learner = new KeyedLearner(settings.trainer());
    models =
        new ModelStore(
            context,
            Template.of(
                settings.trainer().definition(),
                learner.firstWeights(),
                settings.trainer().records().topic()));
    waiting = context.getStateStore(WAITING);
    batchSize = settings.trainer().learner().batchSize();
  }

  /** Takes a record: it is rejected, or waits, or completes a mini-batch, which is learned. */
  void take(Source source) {
    if (!hasTemplate) {
      models.ensureTemplate();
      hasTemplate = true;
    }
    long now = settings.idleAfter().isPresent() ? ledger.observe(source.timeMillis()) : 0;
    Rejected rejected = learner.check(source.record().value());
    if (rejected == null && (source.key() == null || source.key().length == 0)) {
      rejected = new Rejected(Reason.MISSING_FIELD, settings.key().orElse(RECORD_KEY), "nothing");
    }
    if (rejected != null) {
      totals.add(Count.REJECTED, 1);
      deadLetters.write(source.record(), rejected);
      return;
    }
    add(Bytes.wrap(source.key()), source, now);
  }

  /** Gives up a portion of the idle keys, if event time has advanced enough. */
  void sweepWhereDue() {
    long now = ledger.now();
    if (settings.idleAfter().isEmpty() || now < nextSweep) {
      return;
    }
    Map<Bytes, WaitingRecords> idle = idle(now);
    idle.forEach(this::giveUp);
    boolean all = idle.size() < SWEPT_AT_ONCE;
    nextSweep = now + (all ? 1 + settings.idleAfter().get().toMillis() / SWEEPS_WITHIN : 0);
  }

  private void add(Bytes key, Source source, long now) {
    boolean heldOut = learner.holdsOut(source.record());
    totals.add(heldOut ? Count.HELD_OUT : Count.LEARNED, 1);
    WaitingRecords before = waitingOf(key, now);
    if (before == null) {
      totals.add(Count.CREATED, 1);
      ledger.count(1);
      before = WaitingRecords.none();
    }
    long seen =
        Math.max(now, source.timeMillis()); // event time goes on later than the first records
    WaitingRecords records = before.with(source, heldOut, seen);
    if (records.toTrain() == batchSize || records.size() > MOST_WAITING_BYTES) {
      learn(key, records);
      records = records.learned();
    }
    waiting.put(key, records.bytes());
  }

  /**
   * Returns what waits of a key; null if it has no model, or one that has been idle for too long.
   */
  private @Nullable WaitingRecords waitingOf(Bytes key, long now) {
    byte[] stored = waiting.get(key);
    if (stored == null) {
      return null;
    }
    WaitingRecords records = new WaitingRecords(stored);
    if (!isIdle(records, now)) {
      return records;
    }
    giveUp(key, records);
    return null;
  }

  private void learn(Bytes key, WaitingRecords records) {
    long version = models.load(key, learner);
    learner.learn(records);
    models.save(key, version + 1, records, learner.learner());
    totals.add(Count.BATCHES, 1);
  }

  private Map<Bytes, WaitingRecords> idle(long now) {
    Map<Bytes, WaitingRecords> idle = new LinkedHashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = waiting.all()) {
      while (all.hasNext() && idle.size() < SWEPT_AT_ONCE) {
        KeyValue<Bytes, byte[]> each = all.next();
        WaitingRecords records = new WaitingRecords(each.value);
        if (isIdle(records, now)) {
          idle.put(each.key, records);
        }
      }
    }
    return idle;
  }

  private boolean isIdle(WaitingRecords records, long now) {
    return settings.idleAfter().isPresent()
        && now - records.seen() > settings.idleAfter().get().toMillis();
  }

  /** A checkpoint that is kept has learned from all of its key's records. */
  private void giveUp(Bytes key, WaitingRecords records) {
    boolean removed = settings.idleCheckpoint() == IdleCheckpoint.REMOVE;
    if (!removed && !records.isEmpty()) {
      learn(key, records);
    }
    models.remove(key, removed);
    waiting.delete(key);
    totals.add(Count.AGED_OUT, 1);
    ledger.count(-1);
  }
}
