package io.millrace.cli;

import io.millrace.cli.deadletters.DeadLetter;
import io.millrace.cli.deadletters.Replay;
import io.millrace.cli.deadletters.ReplayPosition;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code dead-letters}: records that could not be used. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DeadLettersCommand.ListCommand.class, DeadLettersCommand.ReplayCommand.class},
    description = "Shows rejected records, and sends usable ones to the records topic again.")
final class DeadLettersCommand {
  private static final String ROW = "%-24s  %-14s  %-20s  %s";

  /** The command {@code dead-letters list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists the position of each rejected record and the reason. Values, and letters that a"
              + " replay has handled, are shown on request.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "The most records to show; default: ${DEFAULT-VALUE}. All are counted.")
    private int limit;

    @Option(names = "--values", description = "Also show the values, as text.")
    private boolean withValues;

    @Option(
        names = "--all",
        description =
            "Also show what a replay has sent again or written to the dead letters again.")
    private boolean all;

    @Override
    public Integer call() {
      Arguments.atLeast("--limit", limit, 0);
      Configuration configuration = config.load();
      Map<String, Long> counts = new TreeMap<>();
      System.out.println(ROW.formatted("RECORD", "REASON", "FIELD", "MESSAGE"));
      try (TopicRecords letters = letters(configuration)) {
        if (!all) {
          ReplayPosition.seek(
              letters, new ClientProperties(configuration.kafka()), configuration.model());
        }
        long[] shown = {0};
        letters.forEach(
            record -> {
              DeadLetter letter = new DeadLetter(record);
              counts.merge(letter.says("reason"), 1L, Long::sum);
              if (shown[0]++ < limit) {
                show(letter);
              }
              return true;
            });
      }
      counts.forEach((reason, count) -> System.out.println(reason + ": " + count));
      return 0;
    }

    private void show(DeadLetter letter) {
      System.out.println(row(letter));
      if (withValues) {
        System.out.println("  " + letter.text());
      }
    }
  }

  /** The command {@code dead-letters replay}. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Sends every dead letter that the current settings can use to the records topic, once. The"
            + " others are written to the end of the dead-letter topic.",
      })
  static final class ReplayCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
      Configuration configuration = config.load();
      requireTopics(configuration);
      try (Replay replay =
          new Replay(
              new ClientProperties(configuration.kafka()),
              configuration.model(),
              configuration.records(),
              configuration.definition())) {
        replay.run();
        System.out.println("replayed: " + replay.replayed());
        System.out.println("left: " + replay.left());
      }
      return 0;
    }
  }

  private static TopicRecords letters(Configuration configuration) {
    requireTopics(configuration);
    return new TopicRecords(
        new ClientProperties(configuration.kafka()),
        "millrace-dead-letters",
        configuration.records().deadLetters());
  }

  private static void requireTopics(Configuration configuration) {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      String topic = configuration.records().deadLetters();
      if (!topics.exists("records.dead_letters", topic)) {
        throw new CommandFailedException(
            "no trainer of %s has run yet: there is no topic %s (records.dead_letters) on %s"
                .formatted(configuration.model(), topic, configuration.kafka().bootstrapServers()));
      }
    }
  }

  private static String row(DeadLetter letter) {
    String record =
        letter.says("topic") + "-" + letter.says("partition") + ":" + letter.says("offset");
    return ROW.formatted(record, letter.says("reason"), letter.says("field"), letter.message());
  }
}
