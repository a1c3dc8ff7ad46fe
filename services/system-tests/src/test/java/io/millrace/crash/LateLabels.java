package io.millrace.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An example a second on one topic, and on another its label up to an hour later; of each hundred
 * labels one never comes, one comes after two hours, one comes twice and one comes again as
 * another. Neither topic is in the order of its timestamps.
 */
final class LateLabels {
  static final Duration WITHIN = Duration.ofMinutes(62);
  private static final long MOST_LATE_MILLIS = Duration.ofHours(1).toMillis();
  private static final long TOO_LATE_MILLIS = Duration.ofHours(2).toMillis();
  private static final long DISORDER_MILLIS = 30_000;
  private static final int SPAN_HOURS = 6;
  private static final long SPAN_MILLIS = Duration.ofHours(SPAN_HOURS).toMillis();
  private static final int PASSING = SPAN_HOURS * JoinTopics.PARTITIONS;

  private final int examples;
  private final Random random = new Random(1);
  private final long begin = System.currentTimeMillis() - SPAN_MILLIS;
  private final List<Arrival> arrivals = new ArrayList<>();
  private int arrived;

  LateLabels(int examples) {
    this.examples = examples;
    for (int i = 0; i < examples; i++) {
      addExample(i);
    }
    arrivals.sort(Comparator.comparingLong(Arrival::arrival));
  }

  /** Returns what arrives from then on until this share of the time. */
  List<ProducerRecord<byte[], byte[]>> arrivingUntil(double share) {
    int end = (int) (share * arrivals.size());
    List<ProducerRecord<byte[], byte[]>> records =
        arrivals.subList(arrived, end).stream().map(Arrival::record).toList();
    arrived = end;
    return records;
  }

  /**
   * Returns last records for each partition, without a key, one an hour, since no single record
   * moves stream time further than features and label may be apart; after them nothing waits any
   * longer.
   */
  List<ProducerRecord<byte[], byte[]>> passing() {
    return IntStream.range(0, PASSING)
        .mapToObj(
            number ->
                new ProducerRecord<byte[], byte[]>(
                    JoinTopics.FEATURES,
                    number % JoinTopics.PARTITIONS,
                    begin + Duration.ofHours(1 + number / JoinTopics.PARTITIONS).toMillis(),
                    null,
                    "{}".getBytes(UTF_8)))
        .toList();
  }

  /** Returns how many records must have ended how. */
  Map<String, Long> expectedCounts() {
    long hundredth = examples / 100;
    return new TreeMap<>(
        Map.of(
            "joined",
            examples - 2 * hundredth,
            "never_labelled",
            2 * hundredth,
            "late_label",
            hundredth,
            "duplicate_label",
            hundredth,
            "changed_label",
            hundredth,
            "duplicate_features",
            0L,
            "without_key",
            (long) PASSING,
            "unreadable",
            0L,
            "too_large",
            0L,
            "refused",
            0L));
  }

  /** Returns the labelled records that there must be. */
  List<String> expectedRecords() {
    return IntStream.range(0, examples)
        .filter(i -> kind(i) != Kind.NEVER && kind(i) != Kind.TOO_LATE)
        .mapToObj(i -> key(i) + " {\"x\":" + i + ",\"y\":0} " + timestamp(i))
        .sorted()
        .toList();
  }

  private void addExample(int i) {
    long timestamp = timestamp(i);
    add(JoinTopics.FEATURES, i, "{\"x\":" + i + "}", timestamp);
    Kind kind = kind(i);
    if (kind == Kind.NEVER) {
      return;
    }
    long delay =
        kind == Kind.TOO_LATE ? TOO_LATE_MILLIS : (long) (random.nextDouble() * MOST_LATE_MILLIS);
    add(JoinTopics.LABELS, i, "{\"y\":0}", timestamp + delay);
    if (kind == Kind.TWICE || kind == Kind.CHANGED) {
      String again = kind == Kind.TWICE ? "{\"y\":0}" : "{\"y\":1}";
      add(JoinTopics.LABELS, i, again, timestamp + delay + 2 * DISORDER_MILLIS);
    }
  }

  private void add(String topic, int example, String value, long timestamp) {
    long arrival = timestamp + (long) (random.nextDouble() * DISORDER_MILLIS);
    arrivals.add(new Arrival(topic, key(example), value, timestamp, arrival));
  }

  private long timestamp(int example) {
    return begin + 1000L * example;
  }

  private static Kind kind(int example) {
    return switch (example % 100) {
      case 7 -> Kind.NEVER;
      case 29 -> Kind.TOO_LATE;
      case 51 -> Kind.TWICE;
      case 73 -> Kind.CHANGED;
      default -> Kind.ONCE;
    };
  }

  private static String key(int example) {
    return "example-" + example;
  }

  private enum Kind {
    ONCE,
    NEVER,
    TOO_LATE,
    TWICE,
    CHANGED
  }

  private record Arrival(String topic, String key, String value, long timestamp, long arrival) {
    ProducerRecord<byte[], byte[]> record() {
      int partition = Math.floorMod(key.hashCode(), JoinTopics.PARTITIONS);
      return new ProducerRecord<>(
          topic, partition, timestamp, key.getBytes(UTF_8), value.getBytes(UTF_8));
    }
  }
}
