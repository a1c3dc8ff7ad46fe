package io.millrace.cli;

import io.millrace.cli.invocation.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.produce.CsvFile;
import io.millrace.cli.produce.Pace;
import io.millrace.cli.produce.Production;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.produce.TopicWriter;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.learning.InputSettings;
import io.millrace.learning.OutputSettings;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The command {@code produce}. */
final class Producing {
  private Producing() {}

  static int run(Path config, Path file, int rate, int passes) {
    Configuration configuration = Configuration.load(config);
    checkColumns(configuration, file);
    String topic = configuration.records().topic();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.ensure("records.topic", new NewTopic(topic, Optional.empty(), Optional.empty()));
    }
    try (StopSignal stop = new StopSignal();
        TopicWriter writer =
            new TopicWriter(
                new ClientProperties(configuration.kafka()).producer("millrace-produce"), topic)) {
      Production production =
          new Production(
              writer, new Pace(rate, System::nanoTime), LiveDisplay.on(System.out), stop);
      for (int pass = 0; pass < passes && !stop.getAsBoolean(); pass++) {
        production.pass(file, header -> encoder(configuration, header));
      }
      production.finish(topic);
    }
    return 0;
  }

  private static RowEncoder encoder(Configuration configuration, List<String> header) {
    return switch (configuration.records().format()) {
      case JSON -> RowEncoder.json(configuration.definition(), header);
      case PROTOBUF -> RowEncoder.protobuf(configuration.definition(), header);
    };
  }

  /** A column that no row has is a slip in the settings or the file, not a bad row. */
  private static void checkColumns(Configuration configuration, Path file) {
    List<String> wanted = new ArrayList<>();
    for (InputSettings input : configuration.definition().inputs()) {
      wanted.addAll(input.fields().isEmpty() ? List.of(input.name()) : input.fields());
    }
    configuration.definition().outputs().stream().map(OutputSettings::field).forEach(wanted::add);
    try (CsvFile csv = CsvFile.open(file)) {
      wanted.removeAll(csv.header());
      if (!wanted.isEmpty()) {
        throw new CommandFailedException(
            "%s has no column %s; it has: %s"
                .formatted(file, String.join(", ", wanted), String.join(", ", csv.header())));
      }
    }
  }
}
