package io.millrace.benchmarks.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.state.State;
import io.millrace.trainer.control.Versions;
import io.millrace.trainer.publishing.CheckpointSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Receives checkpoints and counts the dead letters in them. Confined to one thread. */
final class LetterCount implements CheckpointSink, Versions {
  static final String TOPIC = "dead-letters";

  private static final int KEPT = 8;

  private final TreeMap<Long, State> kept = new TreeMap<>();
  private final Map<String, Integer> byReason = new TreeMap<>();
  private long checkpoints;
  private long wrong;
  private long latest = -1;

  @Override
  public long nextVersion() {
    return checkpoints + 1;
  }

  @Override
  public long write(
      Snapshot snapshot, List<ProducerRecord<byte[], byte[]>> covered, Champion champion) {
    covered.stream().filter(record -> record.topic().equals(TOPIC)).forEach(this::count);
    checkpoints++;
    kept.put(checkpoints, snapshot.weights());
    kept.keySet()
        .removeIf(
            each ->
                each <= checkpoints - KEPT
                    && each != champion.version()
                    && each != champion.predecessor());
    return checkpoints;
  }

  private void count(ProducerRecord<byte[], byte[]> letter) {
    long offset = Long.parseLong(header(letter, "offset"));
    byReason.merge(header(letter, "reason"), 1, Integer::sum);
    boolean isFollowing = offset > latest;
    wrong += isFollowing && !HostileRecords.isRight(offset) ? 0 : 1;
    latest = offset;
  }

  /** The trainer's own header is the last of its name. */
  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader("__dlq.errors." + name).value(), UTF_8);
  }

  /** Returns how many dead letters are wrong: those of valid records, and those out of order. */
  long wrong() {
    return wrong;
  }

  long letters() {
    return byReason.values().stream().mapToLong(Integer::longValue).sum();
  }

  Map<String, Integer> byReason() {
    return byReason;
  }

  @Override
  public Optional<State> weights(long version) {
    return Optional.ofNullable(kept.get(version));
  }

  @Override
  public List<Long> kept() {
    return List.copyOf(kept.keySet());
  }
}
