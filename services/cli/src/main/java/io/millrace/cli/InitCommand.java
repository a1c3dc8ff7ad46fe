package io.millrace.cli;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.failures.UsageException;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.sample.Analysis;
import io.millrace.cli.sample.DataSample;
import io.millrace.cli.sample.FileGuess;
import io.millrace.cli.sample.JsonRows;
import io.millrace.cli.sample.KeySample;
import io.millrace.cli.sample.SettingsText.Source;
import io.millrace.cli.sample.Understood;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "Writes a commented settings file for the columns of a file, or for the JSON records of a"
          + " topic: guesses types, classes, missing values, the label and the network, and says what"
          + " it understood.",
    })
final class InitCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file of rows, such as CSV or JSON lines; gzip is unpacked.")
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
      defaultValue = Guesses.BOOTSTRAP_SERVERS,
      description = "The brokers; default: ${DEFAULT-VALUE}.")
  private String bootstrapServers = "";

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = Guesses.RECORDS,
      description = "How many rows or records are looked at; default: ${DEFAULT-VALUE}.")
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
    if (file == null) {
      initFromTopic(String.valueOf(fromTopic));
    } else {
      initFromFile(file);
    }
    return 0;
  }

  private void initFromFile(Path rows) throws IOException {
    String name = model == null ? Guesses.nameOf(rows.toString()) : model;
    FileGuess guess = Guesses.file(rows, label, name, bootstrapServers, records);
    Files.writeString(output, guess.yaml());
    show(guess.lines());
    String produce = "millrace produce --config " + output + " --file " + rows;
    System.out.println("next: " + produce);
    System.out.println("then: millrace run --config " + output);
    System.out.println("again: " + produce + " --until-converged");
  }

  private void initFromTopic(String topic) throws IOException {
    KeySample keys = new KeySample();
    Analysis analysis = Guesses.analysis(sampleTopic(topic, keys), label);
    String source = "the topic " + topic;
    String name = model == null ? Guesses.nameOf(topic) : model;
    boolean byKey = keys.isHoldoutPossible();
    String yaml =
        Guesses.settings(
            output,
            analysis,
            new Source(source, name, topic, bootstrapServers, List.of(), false, byKey));
    Files.writeString(output, yaml);
    show(Understood.lines(analysis, source, List.of()));
    System.out.println("next: millrace run --config " + output);
  }

  private void show(List<String> understood) {
    understood.forEach(System.out::println);
    System.out.println();
    System.out.println("wrote " + output);
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
            Optional.ofNullable(record.value())
                .flatMap(JsonRows::read)
                .ifPresentOrElse(row -> sample.add(row, record.offset()), sample::addMisshapen);
            keys.add(record.key());
            return sample.rows() < records;
          });
    }
    if (sample.rows() == 0) {
      throw new CommandFailedException("the topic " + topic + " has no JSON objects");
    }
    return sample;
  }
}
