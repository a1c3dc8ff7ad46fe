package io.millrace.cli.produce;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.generate.GeneratedRows;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.WantedColumns;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.evaluation.ValidationSettings.HoldoutBy;
import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.model.OutputSettings;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.NewTopic;

/** The command {@code produce}, and {@code generate} if it writes to a topic. */
public final class Producing {
  private Producing() {}

  /** Sends records and returns the exit code. */
  @FunctionalInterface
  private interface Sending {
    int send(Production production, LiveDisplay display, BooleanSupplier stop);
  }

  /** Sends the rows of a file. */
  public static int file(Configuration configuration, Path file, int rate, int passes) {
    if (passes > 1) {
      checkHoldout(configuration.trainer().learner().validation());
    }
    checkColumns(configuration, file);
    return produce(
        configuration,
        rate,
        (production, display, stop) -> {
          for (int pass = 0; pass < passes && !stop.getAsBoolean(); pass++) {
            pass(configuration, file, production, stop);
          }
          production.finish(configuration.records().topic());
          if (passes == 1 && !stop.getAsBoolean()) {
            PassAdvice.after(production.rows()).map(List::of).ifPresent(display::print);
          }
          return 0;
        });
  }

  /** Sends the rows of a file, pass after pass, until the trainer has stopped early. */
  public static int untilConverged(
      Configuration configuration, Path file, int rate, int mostPasses) {
    UntilConverged.check(configuration.trainer().learner());
    checkHoldout(configuration.trainer().learner().validation());
    checkColumns(configuration, file);
    return produce(
        configuration,
        rate,
        (production, display, stop) -> {
          try (UntilConverged until = new UntilConverged(configuration, display, stop)) {
            int passes = 0;
            while (passes < mostPasses && !until.getAsBoolean()) {
              pass(configuration, file, production, until);
              passes++;
            }
            production.finish(configuration.records().topic());
            boolean converged = until.hasConverged();
            display.print(List.of(ending(configuration, passes, until, converged)));
            return converged ? 0 : 1;
          }
        });
  }

  private static String ending(
      Configuration configuration, int passes, UntilConverged until, boolean converged) {
    return converged
        ? "training of %s stopped early in pass %d: version %d has its best weights"
            .formatted(configuration.model(), passes, until.version())
        : "training of %s has not stopped early in %d passes; a higher --passes, or none, sends more"
            .formatted(configuration.model(), passes);
  }

  private static void pass(
      Configuration configuration, Path file, Production production, BooleanSupplier ends) {
    try (Table table = Table.open(file, configuration.file())) {
      production.pass(
          table,
          RowEncoder.of(configuration.records(), configuration.definition(), table.columns()),
          labels(configuration),
          ends);
    }
  }

  private static void checkColumns(Configuration configuration, Path file) {
    try (Table table = Table.open(file, configuration.file())) {
      checkColumns(configuration, file.toString(), table.columns());
      if (!table.hasNext()) {
        throw new CommandFailedException(file + " has no rows to send");
      }
    }
  }

  /** Sends the examples of a generator in the columns that the settings name. */
  public static int generated(
      Configuration configuration, ExampleGenerator generator, long records, int rate) {
    OutputSettings output = configuration.definition().outputs().get(0);
    if (output.isClassification() && output.classes().size() < generator.classes()) {
      throw new CommandFailedException(
          "the stream has %d classes, but output %s has only %d"
              .formatted(generator.classes(), output.name(), output.classes().size()));
    }
    GeneratedRows rows = new GeneratedRows(generator, output.field(), output.classes());
    checkColumns(configuration, "the stream", rows.header());
    RowEncoder encoder =
        RowEncoder.of(configuration.records(), configuration.definition(), rows.header());
    return produce(
        configuration,
        rate,
        (production, display, stop) -> {
          for (long record = 1; record <= records && !stop.getAsBoolean(); record++) {
            production.send(record, encoder.encode(rows.next()));
          }
          production.finish(configuration.records().topic());
          return 0;
        });
  }

  private static int produce(Configuration configuration, int rate, Sending sending) {
    String topic = configuration.records().topic();
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.ensure("records.topic", new NewTopic(topic, Optional.empty(), Optional.empty()));
    }
    try (StopSignal stop = new StopSignal();
        TopicWriter writer =
            new TopicWriter(
                new ClientProperties(configuration.kafka()).producer("millrace-produce"), topic)) {
      LiveDisplay display = LiveDisplay.on(System.out);
      Pace pace = new Pace(rate, System::nanoTime);
      return sending.send(new Production(writer, pace, display), display, stop);
    }
  }

  /** A row that is sent again has the same key, its number, but another offset. */
  private static void checkHoldout(ValidationSettings validation) {
    if (validation.holdout() > 0
        && validation.groupBy().isEmpty()
        && validation.holdoutBy() == HoldoutBy.OFFSET) {
      throw new CommandFailedException(
          "--passes sends each row several times, and validation.holdout_by is offset: a row held"
              + " out of one pass would be trained in another, and the scores say nothing; set"
              + " validation.holdout_by: key");
    }
  }

  private static List<String> labels(Configuration configuration) {
    return configuration.definition().labelledOutputs().stream()
        .map(OutputSettings::field)
        .toList();
  }

  /** A column that no row has is an error in the settings or the file, not a bad row. */
  private static void checkColumns(
      Configuration configuration, String source, List<String> header) {
    WantedColumns.require(source, header, configuration.definition());
  }
}
