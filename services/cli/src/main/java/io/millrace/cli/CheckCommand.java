package io.millrace.cli;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.sample.FieldReport;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Decodes the topic's oldest records, applies the settings' features, and shows statistics of"
          + " every field and why records would be rejected.",
      "Exits with 1 if no record can be used."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The number of records; default: ${DEFAULT-VALUE}.")
  private long records;

  @Override
  public Integer call() {
    Arguments.atLeast("--records", records, 1);
    Configuration configuration = config.load();
    String topic = configuration.records().topic();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.partitions("records.topic", topic);
    }
    FieldReport report =
        new FieldReport(
            configuration.records().decoder(configuration.definition()),
            configuration.definition());
    try (TopicRecords source =
        new TopicRecords(new ClientProperties(configuration.kafka()), "millrace-check", topic)) {
      source.forEach(
          record -> {
            report.add(record.value());
            return report.records() < records;
          });
    }
    report.lines().forEach(System.out::println);
    configuration.definition().compilation().remarks().stream()
        .map("note: "::concat)
        .forEach(System.out::println);
    return report.usable() > 0 || report.records() == 0 ? 0 : 1;
  }
}
