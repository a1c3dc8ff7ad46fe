package io.millrace.joiner.joining;

import io.millrace.joiner.joining.Entry.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Joins the features and the labels of one partition, by key and by event time.
 *
 * <p>The topics are read concurrently, so either side of an example may come first and wait for the
 * other. A waiting record is valid until stream time is more than {@code within} after its
 * timestamp. Stream time is the greatest timestamp of the partition so far ({@link Ledger#observe}
 * defines which are believed). For its own example, a record's timestamp always counts. A joined
 * example stays known for {@code within} after the later of its two records, to distinguish a
 * repeated label from one whose features never came. Then it is forgotten, so the state contains at
 * most the records of twice {@code within}.
 *
 * <p>Validity depends on these times alone: an expired entry that was not yet swept counts as
 * expired. So sweeping can be done in portions, and no jump of time makes a transaction long.
 *
 * <p>Confined to the thread of the partition's task.
 */
final class PartitionJoin {
  private static final int SWEEP_LIMIT = 1000;
  private static final int SWEEPS_WITHIN = 1000;
  private static final int DIGEST_BYTES = 16;

  /**
   * Two of these fit into a record below the default limit of producers and topics, one mebibyte.
   */
  private static final int LARGEST_RECORD_BYTES = 500_000;

  private final JoinSettings settings;
  private final long withinMillis;
  private final Examples examples;
  private final Ledger ledger;
  private final Outlet outlet;
  private final MessageDigest sha256 = sha256();
  private long nextSweep;

  /**
   * The time for the current record's example: the later of stream time and the record's timestamp.
   */
  private long now;

  PartitionJoin(JoinSettings settings, Examples examples, Ledger ledger, Outlet outlet) {
    this.settings = settings;
    this.withinMillis = settings.within().toMillis();
    this.examples = examples;
    this.ledger = ledger;
    this.outlet = outlet;
  }

  /** Processes a record of either side. */
  void take(Side side, Record<byte[], byte[]> record) {
    ledger.observe(record.timestamp(), withinMillis);
    now = Math.max(ledger.streamTime(), record.timestamp());
    sweepWhereDue();
    Outcome refusal = refusal(record.key(), record.value());
    if (refusal != null) {
      end(refusal, side, record);
    } else if (side == Side.FEATURES) {
      takeFeatures(Bytes.wrap(record.key()), record);
    } else {
      takeLabel(Bytes.wrap(record.key()), record);
    }
  }

  /**
   * Sweeps a portion of the expired examples, if some are left or stream time has advanced enough.
   */
  void sweepWhereDue() {
    long streamTime = ledger.streamTime();
    if (streamTime < nextSweep) {
      return;
    }
    List<Bytes> keys = examples.expired(streamTime, SWEEP_LIMIT);
    for (Bytes key : keys) {
      expire(key, Objects.requireNonNull(examples.find(key), "an entry for its index"));
    }
    nextSweep =
        keys.size() < SWEEP_LIMIT ? streamTime + 1 + withinMillis / SWEEPS_WITHIN : streamTime;
  }

  private @Nullable Outcome refusal(byte @Nullable [] key, byte @Nullable [] value) {
    if (key == null) {
      return Outcome.WITHOUT_KEY;
    }
    if (value == null) {
      return Outcome.UNREADABLE;
    }
    if (key.length + (long) value.length > LARGEST_RECORD_BYTES) {
      return Outcome.TOO_LARGE;
    }
    return settings.format().reads(value) ? null : Outcome.UNREADABLE;
  }

  private void takeFeatures(Bytes key, Record<byte[], byte[]> features) {
    Entry present = inForce(key);
    if (present != null && present.kind() != Kind.LABEL) {
      end(Outcome.DUPLICATE_FEATURES, Side.FEATURES, features);
    } else if (present != null && areNear(features.timestamp(), present.timestamp())) {
      join(key, present, features, present.content(), present.timestamp());
    } else if (present != null || hasPassed(expiry(features.timestamp()))) {
      end(Outcome.NEVER_LABELLED, Side.FEATURES, features); // or too old for the waiting label
    } else {
      await(key, Kind.FEATURES, features);
    }
  }

  private void takeLabel(Bytes key, Record<byte[], byte[]> label) {
    Entry present = inForce(key);
    if (present == null && !hasPassed(expiry(label.timestamp()))) {
      await(key, Kind.LABEL, label);
    } else if (present == null) {
      end(Outcome.LATE_LABEL, Side.LABEL, label);
    } else if (present.kind() != Kind.FEATURES) {
      boolean same = isLabelOf(present, label.value());
      end(same ? Outcome.DUPLICATE_LABEL : Outcome.CHANGED_LABEL, Side.LABEL, label);
    } else if (areNear(present.timestamp(), label.timestamp())) {
      Record<byte[], byte[]> features =
          new Record<>(key.get(), present.content(), present.timestamp());
      join(key, present, features, label.value(), label.timestamp());
    } else {
      end(Outcome.LATE_LABEL, Side.LABEL, label);
    }
  }

  private void join(
      Bytes key, Entry waited, Record<byte[], byte[]> features, byte[] label, long labelTime) {
    examples.remove(key, waited);
    if (outlet.joined(features.withValue(settings.format().merge(features.value(), label)))) {
      ledger.count(Outcome.JOINED);
    } else {
      end(Outcome.REFUSED, Side.FEATURES, features);
      end(Outcome.REFUSED, Side.LABEL, new Record<>(key.get(), label, labelTime));
    }
    long expiry = expiry(Math.max(features.timestamp(), labelTime));
    if (!hasPassed(expiry)) {
      examples.add(key, new Entry(Kind.JOINED, expiry, features.timestamp(), digest(label)));
    }
  }

  private void await(Bytes key, Kind kind, Record<byte[], byte[]> record) {
    long expiry = expiry(record.timestamp());
    examples.add(key, new Entry(kind, expiry, record.timestamp(), record.value()));
  }

  private @Nullable Entry inForce(Bytes key) {
    Entry entry = examples.find(key);
    if (entry == null || !hasPassed(entry.expiry())) {
      return entry;
    }
    expire(key, entry);
    return null;
  }

  private void expire(Bytes key, Entry entry) {
    examples.remove(key, entry);
    Record<byte[], byte[]> waited = new Record<>(key.get(), entry.content(), entry.timestamp());
    switch (entry.kind()) {
      case FEATURES -> end(Outcome.NEVER_LABELLED, Side.FEATURES, waited);
      case LABEL -> end(Outcome.LATE_LABEL, Side.LABEL, waited);
      case JOINED -> {} // its two records got their outcome when they were joined
    }
  }

  private void end(Outcome outcome, Side side, Record<byte[], byte[]> record) {
    ledger.count(outcome);
    outlet.unjoined(outcome, side, record);
  }

  private boolean isLabelOf(Entry present, byte[] label) {
    return Arrays.equals(present.content(), present.kind() == Kind.LABEL ? label : digest(label));
  }

  private boolean areNear(long oneTime, long otherTime) {
    return Math.abs(oneTime - otherTime) <= withinMillis;
  }

  private boolean hasPassed(long expiry) {
    return expiry < now;
  }

  private long expiry(long timestamp) {
    return timestamp > Long.MAX_VALUE - withinMillis ? Long.MAX_VALUE : timestamp + withinMillis;
  }

  private byte[] digest(byte[] label) {
    return Arrays.copyOf(sha256.digest(label), DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
