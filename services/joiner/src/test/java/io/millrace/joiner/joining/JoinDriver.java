package io.millrace.joiner.joining;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.joiner.merging.JoinFormat;
import io.millrace.streams.TopicLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker. Records are processed one by one, in the order of the test. */
final class JoinDriver implements AutoCloseable {
  private static final int PASSING = 9;

  private final JoinTotals totals = new JoinTotals();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, String> features;
  private final TestInputTopic<String, String> labels;
  private final TestOutputTopic<String, String> records;
  private final TestOutputTopic<String, String> unjoined;
  private long passed;

  JoinDriver(Duration within, Path stateFolder) {
    JoinSettings settings =
        new JoinSettings(
            "features",
            FeaturesFormat.RECORDS,
            "labels",
            "records",
            Optional.of("unjoined"),
            JoinFormat.JSON,
            within);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    driver =
        new TopologyTestDriver(JoinTopology.of(settings, totals, new TopicLimits()), properties);
    features = driver.createInputTopic("features", new StringSerializer(), new StringSerializer());
    labels = driver.createInputTopic("labels", new StringSerializer(), new StringSerializer());
    records =
        driver.createOutputTopic("records", new StringDeserializer(), new StringDeserializer());
    unjoined =
        driver.createOutputTopic("unjoined", new StringDeserializer(), new StringDeserializer());
  }

  void features(@Nullable String key, @Nullable String value, long millis) {
    features.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(millis)));
  }

  void label(@Nullable String key, @Nullable String value, long millis) {
    labels.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(millis)));
  }

  /** Advances stream time, with as many records as it takes to be believed. */
  void passTo(long millis) {
    for (int record = 0; record < PASSING; record++) {
      features(null, "passing", millis);
    }
    passed += PASSING;
  }

  /** Advances wall-clock time, but not stream time. */
  void idle(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** Returns the joined records since the last call: key, value and timestamp. */
  List<String> joined() {
    return records.readRecordsToList().stream()
        .map(record -> record.key() + " " + record.value() + " " + record.timestamp())
        .toList();
  }

  /** Returns the unjoined records since the last call: outcome, side, key, value and timestamp. */
  List<String> unjoined() {
    return unjoined.readRecordsToList().stream()
        .filter(record -> !"passing".equals(record.value()))
        .map(
            record ->
                String.join(
                    " ",
                    header(record, "millrace.join.outcome"),
                    header(record, "millrace.join.side"),
                    record.key(),
                    record.value(),
                    String.valueOf(record.timestamp())))
        .toList();
  }

  /** Returns the number of records with an outcome, without those of {@link #passTo}. */
  long count(Outcome outcome) {
    return totals.of(outcome) - (outcome == Outcome.WITHOUT_KEY ? passed : 0);
  }

  /** Returns the number of entries in both stores. */
  int stored() {
    return size(Examples.ENTRIES) + size(Examples.EXPIRIES);
  }

  @Override
  public void close() {
    driver.close();
  }

  private int size(String store) {
    int size = 0;
    try (KeyValueIterator<Object, Object> all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        size++;
      }
    }
    return size;
  }

  private static String header(TestRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
