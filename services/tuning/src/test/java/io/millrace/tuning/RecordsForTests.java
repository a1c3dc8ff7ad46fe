package io.millrace.tuning;

import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.RecordCollector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A small model, and records for it. */
public final class RecordsForTests {
  /** A regression on two numbers. */
  public static final String MODEL =
      """
      model: small
      kafka: {bootstrap_servers: "localhost:9092"}
      records: {topic: small}
      inputs: {x: {features: [{field: a}, {field: b}]}}
      outputs: {y: {}}
      network:
        layers:
          - {type: dense, units: 4, activation: relu}
          - {type: dense, units: 1}
      training: {batch_size: 8, optimizer: {type: adam, learning_rate: 0.01}}
      validation: {holdout: 0.25}
      """;

  private RecordsForTests() {}

  /** Returns a settings file with sections after {@link #MODEL}. */
  public static SettingsFile file(String more) {
    return SettingsFile.parse(Path.of("model.yaml"), MODEL + more, Map.of());
  }

  /** Returns the settings of {@link #MODEL}. */
  public static TrainerSettings trainer() {
    return file("").read(TrainerSettings::read);
  }

  /** Returns the section {@code search} of a document. */
  public static Section search(String yaml) {
    SettingsFile file = SettingsFile.parse(Path.of("search.yaml"), yaml, Map.of());
    return file.read(
        root -> {
          Section search = root.section("search");
          search.ignore(search.tree().keySet().toArray(String[]::new));
          return Section.root(search.tree());
        });
  }

  /** Returns records with y = a - 2 b, of one partition. */
  public static DecodedRecords records(int count) {
    RecordCollector collector = new RecordCollector(trainer(), count);
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      collector.add(record(0, i, 1000 + i, json(a, b, a - 2 * b)), () -> "");
    }
    return collector.collected();
  }

  /** Returns a record's value. */
  public static String json(double a, double b, double y) {
    return String.format(Locale.ROOT, "{\"a\": %.6f, \"b\": %.6f, \"y\": %.6f}", a, b, y);
  }

  /** Returns a record without a key. */
  public static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, long timeMillis, String value) {
    ConsumerRecord<byte[], byte[]> plain =
        new ConsumerRecord<>(
            "small", partition, offset, null, value.getBytes(StandardCharsets.UTF_8));
    return new ConsumerRecord<>(
        plain.topic(),
        partition,
        offset,
        timeMillis,
        plain.timestampType(),
        plain.serializedKeySize(),
        plain.serializedValueSize(),
        null,
        plain.value(),
        plain.headers(),
        plain.leaderEpoch());
  }
}
