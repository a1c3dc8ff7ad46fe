package io.millrace.cli;

import io.millrace.cli.deadletters.DeadLetter;
import io.millrace.cli.deadletters.Replay;
import io.millrace.cli.deadletters.ReplayPosition;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code dead-letters}: records that could not be used. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the records that could not be used, and puts mended ones back.")
final class DeadLettersCommand {
  private static final String CONFIG = "The model's settings file.";
  private static final String ROW = "%-24s  %-14s  %-20s  %s";

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists where they stood and what is wrong with them; what they hold, and those that a"
              + " replay has looked at, only on demand.")
  int list(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many are shown; default: ${DEFAULT-VALUE}. All are counted.")
          int limit,
      @Option(names = "--values", description = "Show what they hold, too, as text.")
          boolean withValues,
      @Option(
              names = "--all",
              description = "Show what a replay put back, or left and wrote again, too.")
          boolean all) {
    Arguments.atLeast("--limit", limit, 0);
    Configuration configuration = Configuration.load(config);
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
              System.out.println(row(letter));
              if (withValues) {
                System.out.println("  " + letter.text());
              }
            }
            return true;
          });
    }
    counts.forEach((reason, count) -> System.out.println(reason + ": " + count));
    return 0;
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Puts those back on the records topic that today's settings can use, each once; the others"
            + " go to the end of the dead letters.",
      })
  int replay(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG)
          Path config) {
    Configuration configuration = Configuration.load(config);
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

  private static TopicRecords letters(Configuration configuration) {
    requireTopics(configuration);
    return new TopicRecords(
        new ClientProperties(configuration.kafka()),
        "millrace-dead-letters",
        configuration.records().deadLetters());
  }

  private static void requireTopics(Configuration configuration) {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.partitions("records.dead_letters", configuration.records().deadLetters());
    }
  }

  private static String row(DeadLetter letter) {
    String record =
        letter.says("topic") + "-" + letter.says("partition") + ":" + letter.says("offset");
    return ROW.formatted(record, letter.says("reason"), letter.says("field"), letter.message());
  }
}
