package io.millrace.fleet.keyed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.checkpoints.fleet.FleetCheckpointCodec;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.fleet.TestFleets;
import io.millrace.fleet.keyed.FleetTotals.Count;
import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.streams.TopicLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTopologyTest {
  private static final int BATCH = 4;
  private static final Map<String, Object> NOTHING_HELD_OUT = Map.of("holdout", 0);
  private static final String REASON = "__dlq.errors.reason";
  private static final String FIELD = "__dlq.errors.field";

  @TempDir private Path folder;
  private final FleetTotals totals = new FleetTotals();
  private int sent;

  @Test
  void learn_keysInTurns_eachHasItsOwnVersionCountsAndPosition() {
    try (TopologyTestDriver driver = driver(Map.of("validation", NOTHING_HELD_OUT))) {
      send(driver, "a", 0, 2 * BATCH + 1);
      send(driver, "b", 0, BATCH);
      send(driver, "c", 0, BATCH - 1);

      FleetCheckpoint a = checkpoint(driver, "a");
      assertThat(a.version()).isEqualTo(2);
      assertThat(a.counts().trained()).isEqualTo(2L * BATCH);
      assertThat(next(a)).isEqualTo(2L * BATCH);
      assertThat(next(checkpoint(driver, "b"))).isEqualTo(3L * BATCH + 1);
      assertThat(stored(driver, "c")).as("waits for a mini-batch").isNull();
      assertThat(totals.models()).isEqualTo(3);
      assertThat(totals.of(Count.LEARNED)).isEqualTo(sent);
    }
  }

  @Test
  void template_afterTheFirstRecord_hasTheDefinitionAndTheFirstWeights() {
    try (TopologyTestDriver driver = driver(Map.of())) {
      send(driver, "a", 0, 1);

      FleetCheckpoint template = checkpoint(driver, "");
      assertThat(template.isTemplate()).isTrue();
      assertThat(template.definition()).contains("\"class\"");
      assertThat(template.version()).isZero();
    }
  }

  @Test
  void learn_heldOutRecords_areNotTrainedAndAreEvaluatedOn() {
    try (TopologyTestDriver driver = driver(Map.of())) {
      send(driver, "a", 0, 400);

      FleetCheckpoint a = checkpoint(driver, "a");
      assertThat(totals.of(Count.HELD_OUT)).isBetween(20L, 60L);
      assertThat(a.counts().validated()).isBetween(20L, totals.of(Count.HELD_OUT));
      assertThat(a.metrics().get("val_loss")).isFinite();
    }
  }

  @Test
  void reject_unreadableOrWithoutKey_isDeadLetterAndNoModel() {
    try (TopologyTestDriver driver = driver(Map.of())) {
      records(driver).pipeInput(new TestRecord<>("a".getBytes(UTF_8), "{".getBytes(UTF_8)));
      records(driver).pipeInput(new TestRecord<>(null, TestFleets.value(1, 1)));
      records(driver).pipeInput(new TestRecord<>(new byte[0], TestFleets.value(1, 2)));

      List<TestRecord<byte[], byte[]>> letters = letters(driver);
      assertThat(letters)
          .extracting(letter -> header(letter, REASON))
          .containsExactly("UNDECODABLE", "MISSING_FIELD", "MISSING_FIELD");
      assertThat(header(letters.get(1), FIELD)).isEqualTo("key");
      assertThat(letters.get(0).key()).isEqualTo("a".getBytes(UTF_8));
      assertThat(header(letters.get(2), "__dlq.errors.offset")).isEqualTo("2");
      assertThat(totals.of(Count.REJECTED)).isEqualTo(3);
      assertThat(totals.models()).isZero();
    }
  }

  @Test
  void key_isField_modelsGoByItAndLettersKeepTheRecord() {
    try (TopologyTestDriver driver =
        driver(Map.of("fleet", Map.of("key", "shop"), "validation", NOTHING_HELD_OUT))) {
      for (int i = 0; i < 2 * BATCH; i++) {
        byte[] own = ("order-" + i).getBytes(UTF_8);
        records(driver).pipeInput(new TestRecord<>(own, TestFleets.value(i % 2, i)));
      }
      byte[] without = "{\"a\":1,\"b\":2,\"class\":\"up\"}".getBytes(UTF_8);
      records(driver).pipeInput(new TestRecord<>("order-8".getBytes(UTF_8), without));

      assertThat(next(checkpoint(driver, "s0"))).isEqualTo(2L * BATCH - 1);
      assertThat(next(checkpoint(driver, "s1"))).isEqualTo(2L * BATCH);
      TestRecord<byte[], byte[]> letter = letters(driver).get(0);
      assertThat(header(letter, FIELD)).isEqualTo("shop");
      assertThat(header(letter, "__dlq.errors.topic")).isEqualTo("sales");
      assertThat(letter.key()).isEqualTo("order-8".getBytes(UTF_8));
      assertThat(letter.value()).isEqualTo(without);
    }
  }

  @Test
  void idle_keptCheckpoint_learnsWhatWaitedAndTheNextModelBeginsAnew() {
    try (TopologyTestDriver driver = driver(idleAfter("keep"))) {
      send(driver, "a", 0, BATCH + 1);
      send(driver, "b", 61_000, BATCH + 2);
      driver.advanceWallClockTime(Duration.ofSeconds(2));

      FleetCheckpoint last = checkpoint(driver, "a");
      assertThat(last.version()).isEqualTo(2);
      assertThat(last.counts().trained()).isEqualTo(BATCH + 1L);
      assertThat(totals.models()).isEqualTo(1);
      assertThat(totals.of(Count.AGED_OUT)).isEqualTo(1);

      send(driver, "a", 61_000, BATCH);
      assertThat(checkpoint(driver, "a").version()).isEqualTo(3);
      assertThat(checkpoint(driver, "a").counts().trained()).isEqualTo(BATCH);
    }
  }

  @Test
  void idle_removedCheckpoint_isUnknownAgain() {
    try (TopologyTestDriver driver = driver(idleAfter("remove"))) {
      send(driver, "a", 0, BATCH);
      send(driver, "b", 61_000, BATCH + 1);
      driver.advanceWallClockTime(Duration.ofSeconds(2));

      assertThat(stored(driver, "a")).isNull();
      assertThat(stored(driver, "b")).isNotNull();
    }
  }

  @Test
  void idle_keyThatComesBackBeforeItWasSwept_beginsAnewAllTheSame() {
    try (TopologyTestDriver driver = driver(idleAfter("keep"))) {
      send(driver, "a", 0, BATCH);
      send(driver, "b", 61_000, BATCH + 1); // the median of the newest timestamps has gone on
      send(driver, "a", 61_000, BATCH);

      assertThat(checkpoint(driver, "a").counts().trained()).isEqualTo(BATCH);
      assertThat(checkpoint(driver, "a").version()).isEqualTo(2);
    }
  }

  @Test
  void learn_storedModelsOfAnotherNetwork_isRefusedWithASentence() {
    FleetSettings wider =
        TestFleets.settings(
            Map.of("network", Map.of("layers", List.of(Map.of("type", "dense", "units", 2)))));
    State weights = new KeyedLearner(wider.trainer()).firstWeights();
    Template other = Template.of(wider.trainer().definition(), weights, "sales");

    try (TopologyTestDriver driver = driver(Map.of())) {
      driver
          .<Bytes, byte[]>getKeyValueStore(FleetTopic.STORE)
          .put(Template.KEY, new FleetCheckpointCodec().encode(other.checkpoint()));

      assertThatThrownBy(() -> send(driver, "a", 0, 1))
          .hasRootCauseInstanceOf(InvalidSettingsException.class)
          .hasStackTraceContaining("model: names a fleet whose models do not fit these settings");
    }
  }

  private static Map<String, Object> idleAfter(String checkpoint) {
    return Map.of(
        "fleet",
        Map.of("idle_after", "60s", "idle_checkpoint", checkpoint),
        "validation",
        NOTHING_HELD_OUT);
  }

  private TopologyTestDriver driver(Map<String, Object> sections) {
    FleetSettings settings = TestFleets.settings(sections);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    return new TopologyTestDriver(
        FleetTopology.of(settings, totals, new TopicLimits()), properties);
  }

  private void send(TopologyTestDriver driver, String key, long millis, int records) {
    TestInputTopic<byte[], byte[]> topic = records(driver);
    for (int i = 0; i < records; i++) {
      topic.pipeInput(
          new TestRecord<>(
              key.getBytes(UTF_8), TestFleets.value(1, sent++), Instant.ofEpochMilli(millis)));
    }
  }

  private static FleetCheckpoint checkpoint(TopologyTestDriver driver, String key) {
    return new FleetCheckpointCodec().decode(Objects.requireNonNull(stored(driver, key)));
  }

  private static byte @Nullable [] stored(TopologyTestDriver driver, String key) {
    return driver
        .<Bytes, byte[]>getKeyValueStore(FleetTopic.STORE)
        .get(Bytes.wrap(key.getBytes(UTF_8)));
  }

  private static long next(FleetCheckpoint checkpoint) {
    return checkpoint.position().nextOffsets().getOrDefault(0, -1L);
  }

  private static TestInputTopic<byte[], byte[]> records(TopologyTestDriver driver) {
    return driver.createInputTopic("sales", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<TestRecord<byte[], byte[]>> letters(TopologyTestDriver driver) {
    TestOutputTopic<byte[], byte[]> topic =
        driver.createOutputTopic(
            "sales.dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return topic.readRecordsToList();
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
