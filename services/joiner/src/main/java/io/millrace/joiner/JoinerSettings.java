package io.millrace.joiner;

import io.millrace.joiner.joining.FeaturesFormat;
import io.millrace.joiner.joining.JoinSettings;
import io.millrace.joiner.merging.JoinFormat;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.ReadinessSettings;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.settings.Option;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * All settings of a joiner, from a model's YAML file: its section {@code join}, the brokers, and
 * the records that it writes.
 *
 * @param model the model's name
 * @param kafka the connection to the brokers
 * @param join what is joined
 * @param stateFolder the folder for the state of this process's partitions; if it is lost, the
 *     state is restored from the brokers
 * @param management the endpoint for health and metrics
 * @param readiness when it is not ready
 */
public record JoinerSettings(
    String model,
    KafkaSettings kafka,
    JoinSettings join,
    Path stateFolder,
    ManagementSettings management,
    ReadinessSettings readiness) {
  private static final int MANAGEMENT_PORT = 9091;
  private static final String TOPIC_NAME = "[A-Za-z0-9._-]{1,249}";
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Reads the joiner's settings from a document that no other service checks. All other sections
   * and options are ignored.
   */
  static JoinerSettings readAlone(Section root) {
    Set<String> others = new HashSet<>(root.tree().keySet());
    others.removeAll(Set.of("model", "kafka", "records", "join", "readiness"));
    root.ignore(others.toArray(String[]::new));
    Section records = root.section("records");
    records.ignore(records.tree().keySet().toArray(String[]::new));
    return read(root);
  }

  /** Reads the joiner's settings. The section {@code join} must exist. */
  public static JoinerSettings read(Section root) {
    Section join = root.section("join");
    return new JoinerSettings(
        root.text("model", "name of the model")
            .check("letters, digits, '.', '_' and '-'", name -> name.matches("[A-Za-z0-9._-]+"))
            .required(),
        KafkaSettings.read(root.section("kafka")),
        join(join, root.section("records")),
        join.filePath("state_dir", "folder for records that wait to be joined")
            .orElse(Path.of(System.getProperty("java.io.tmpdir"), "millrace")),
        ManagementSettings.read(join.section("management"), MANAGEMENT_PORT),
        ReadinessSettings.read(root.section("readiness")));
  }

  /**
   * Returns the Kafka Streams application id of this model's joiners, for group, state and
   * transactions.
   */
  String applicationId() {
    return model + ".join";
  }

  private static JoinSettings join(Section join, Section records) {
    Set<String> topics = new HashSet<>();
    topics.add(String.valueOf(records.tree().get("topic")));
    JoinFormat format = format(records);
    return new JoinSettings(
        topic(join, "features_topic", "topic of the features, by the key of the example", topics)
            .required(),
        featuresFormat(join, format),
        topic(join, "labels_topic", "topic of the labels, by the same key", topics).required(),
        records
            .text("topic", "topic of the labelled records")
            .check("a topic's name", name -> name.matches(TOPIC_NAME))
            .required(),
        topic(
                join,
                "unjoined_topic",
                "topic of the features and labels that were not joined, with the reason as header",
                topics)
            .optional(),
        format,
        join.duration(
                "within",
                "longest time between features and their label, by the records' timestamps")
            .check("at least 1ms", within -> within.toMillis() >= 1)
            .check("at most 366d", within -> within.compareTo(LONGEST) <= 0)
            .orElse(Duration.ofHours(1)));
  }

  private static Option<String> topic(
      Section join, String key, String meaning, Set<String> others) {
    return join.text(key, meaning)
        .check("a topic's name", name -> name.matches(TOPIC_NAME))
        .check("a topic of its own", others::add);
  }

  private static FeaturesFormat featuresFormat(Section join, JoinFormat format) {
    FeaturesFormat features =
        join.choice(
                "features_format",
                FeaturesFormat.class,
                "whether the features are as records.format says, or a predictor's log")
            .orElse(FeaturesFormat.RECORDS);
    if (features == FeaturesFormat.PREDICTIONS && format != JoinFormat.PROTOBUF) {
      join.report("features_format", "is predictions; allowed with records.format protobuf");
    }
    return features;
  }

  private static JoinFormat format(Section records) {
    String name = String.valueOf(records.tree().getOrDefault("format", "json"));
    if (JoinFormat.NAMES.contains(name)) {
      return JoinFormat.valueOf(name.toUpperCase(Locale.ROOT));
    }
    records.report(
        "format",
        "is %s; allowed with a section join: %s"
            .formatted(name, String.join(", ", JoinFormat.NAMES)));
    return JoinFormat.JSON;
  }
}
