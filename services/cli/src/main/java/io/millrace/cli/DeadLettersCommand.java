package io.millrace.cli;

import io.millrace.cli.deadletters.DeadLetter;
import io.millrace.cli.deadletters.Replay;
import io.millrace.cli.deadletters.ReplayPosition;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
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
    description = "Shows the records that could not be used, and puts mended ones back.")
final class DeadLettersCommand {
  private static final String ROW = "%-24s  %-14s  %-20s  %s";

  /** The command {@code dead-letters list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists where they stood and what is wrong with them; what they hold, and those that a"
              + " replay has looked at, only on demand.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "100",
        description = "How many are shown; default: ${DEFAULT-VALUE}. All are counted.")
    private int limit;

    @Option(names = "--values", description = "Show what they hold, too, as text.")
    private boolean withValues;

    @Option(
        names = "--all",
        description = "Show what a replay put back, or left and wrote again, too.")
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
        "Puts those back on the records topic that today's settings can use, each once; the others"
            + " go to the end of the dead letters.",
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
