package io.millrace.cli;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.sample.DataSample;
import io.millrace.cli.sample.JsonRows;
import io.millrace.cli.sample.KeySample;
import io.millrace.cli.sample.SettingsGuess;
import io.millrace.cli.tables.FileSettings;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.SettingsFile;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a commented settings file for a CSV file's columns, or for the JSON records of a"
          + " topic: guesses types, classes, missing values, the label and the network's size.",
    })
final class InitCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A CSV file with a header; .gz is unpacked.")
  private @Nullable Path file;

  @Option(
      names = "--from-topic",
      paramLabel = "TOPIC",
      description = "A topic of JSON records, in the place of a file.")
  private @Nullable String fromTopic;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "model.yaml",
      description = "Where to write; default: ${DEFAULT-VALUE}. A file that is there stays.")
  private Path output = Path.of("model.yaml");

  @Option(names = "--label", paramLabel = "COLUMN", description = "What is learned; else guessed.")
  private @Nullable String label;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model's name; default: the file's or the topic's.")
  private @Nullable String model;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "The brokers; default: ${DEFAULT-VALUE}.")
  private String bootstrapServers = "";

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many records are looked at; default: ${DEFAULT-VALUE}.")
  private int records;

  @Override
  public Integer call() throws IOException {
    Arguments.atLeast("--records", records, 1);
    if ((file == null) == (fromTopic == null)) {
      throw new UsageException("give either --file or --from-topic");
    }
    if (Files.exists(output)) {
      throw new CommandFailedException(output + " exists; name another file by --output");
    }
    String source = file == null ? "the topic " + fromTopic : file.toString();
    KeySample keys = new KeySample();
    DataSample sample =
        file == null ? sampleTopic(String.valueOf(fromTopic), keys) : sampleFile(file);
    boolean byKey = file != null || keys.isHoldoutPossible();
    String name = model == null ? nameOf(source) : model;
    String topic = fromTopic == null ? name : fromTopic;
    String yaml =
        new SettingsGuess(sample, label).yaml(name, topic, bootstrapServers, source, byKey);
    SettingsFile.parse(output, yaml, Map.of()).read(Configuration::read); // validates it
    Files.writeString(output, yaml);
    System.out.println("wrote " + output + ", from " + sample.rows() + " rows of " + source);
    if (file != null) {
      System.out.println("next: millrace produce --config " + output + " --file " + file);
    }
    System.out.println((file == null ? "next" : "then") + ": millrace run --config " + output);
    return 0;
  }

  private DataSample sampleFile(Path rows) {
    DataSample sample = new DataSample();
    try (Table table = Table.open(rows, FileSettings.detect(rows))) {
      while (table.hasNext() && sample.rows() < records) {
        TableRow row = table.next();
        if (row.isUsable()) {
          sample.add(named(table.columns(), row.cells()));
        }
      }
    }
    return sample;
  }

  private static Map<String, String> named(List<String> columns, List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private DataSample sampleTopic(String topic, KeySample keys) {
    KafkaSettings kafka =
        KafkaSettings.read(Section.root(Map.of("bootstrap_servers", bootstrapServers)));
    try (Topics topics = Topics.connect(kafka)) {
      topics.partitions("--from-topic", topic);
    }
    DataSample sample = new DataSample();
    try (TopicRecords source =
        new TopicRecords(new ClientProperties(kafka), "millrace-init", topic)) {
      source.forEach(
          record -> {
            Optional.ofNullable(record.value()).flatMap(JsonRows::read).ifPresent(sample::add);
            keys.add(record.key());
            return sample.rows() < records;
          });
    }
    if (sample.rows() == 0) {
      throw new CommandFailedException("the topic " + topic + " has no JSON objects");
    }
    return sample;
  }

  /** Returns the name of a file or topic reduced to letters, digits, hyphens and underscores. */
  private static String nameOf(String source) {
    String last = source.replaceAll(".*[/\\\\ ]", "").replaceAll("\\.(csv|gz|txt)\\b", "");
    String name = last.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "model" : name;
  }
}
