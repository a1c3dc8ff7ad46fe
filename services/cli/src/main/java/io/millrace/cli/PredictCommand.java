package io.millrace.cli;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.predict.Access;
import io.millrace.cli.predict.Features;
import io.millrace.cli.predict.FilePredictions;
import io.millrace.cli.predict.FileRow;
import io.millrace.cli.predict.FileSummary;
import io.millrace.cli.predict.FleetKey;
import io.millrace.cli.predict.JsonRecord;
import io.millrace.cli.predict.PredictionFile;
import io.millrace.cli.predict.PrintedRows;
import io.millrace.cli.predict.RowListener;
import io.millrace.cli.scores.PredictionText;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.WantedColumns;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.client.RefusedException;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.OutputSettings;
import io.millrace.settings.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the predictor of the settings' serving.host and serving.port, over gRPC.",
      "Where a file has the labels too, the answers are compared with them, and with a baseline."
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--json", paramLabel = "OBJECT", description = "One record as JSON.")
  private @Nullable String json;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "CSV with any separator, JSON lines or a JSON array; packed by gzip or not.")
  private @Nullable Path file;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The key of a fleet whose model answers; without it, that of each row's field fleet.key.")
  private @Nullable String key;

  @Option(names = "--rows", description = "Print the answer for each row of the file, too.")
  private boolean printsRows;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the file's rows with predictions and probabilities as CSV.")
  private @Nullable Path output;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "PEM certificates of the predictor's authority; turns TLS on.")
  private @Nullable Path authorities;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the bearer token to send.")
  private @Nullable Path tokenFile;

  @Override
  public Integer call() throws IOException {
    if (json != null && file == null) {
      requireFileFor("--rows", printsRows);
      requireFileFor("--output", output != null);
      return predict(config.load(), json);
    }
    if (file != null && json == null) {
      return predict(config.load(), file);
    }
    throw new UsageException("give either --json or --file");
  }

  private static void requireFileFor(String option, boolean isGiven) {
    if (isGiven) {
      throw new UsageException(option + " goes with --file");
    }
  }

  private int predict(Configuration configuration, String text) throws IOException {
    FleetKey keys = FleetKey.of(configuration.fleet(), key);
    Map<String, List<String>> record = JsonRecord.read(text);
    String itsKey = keys.of(field -> record.getOrDefault(field, List.of()));
    Features features = new Features(configuration.definition());
    List<String> problems = new ArrayList<>(keys.problems(itsKey));
    problems.addAll(features.add(field -> record.getOrDefault(field, List.of())));
    if (!problems.isEmpty()) {
      throw new CommandFailedException(String.join("; ", problems) + unread(configuration, record));
    }
    try (PredictorClient client = connect(configuration)) {
      print(
          configuration,
          client.predict(FleetKey.keyed(features.requestTo(configuration.model()), itsKey)));
      return 0;
    } catch (RefusedException e) {
      throw refused(e);
    }
  }

  /** Returns a remark on fields that the model does not read, which may be misspelt. */
  private static String unread(Configuration configuration, Map<String, List<String>> record) {
    Set<String> known = new LinkedHashSet<>();
    for (InputSettings input : configuration.definition().inputs()) {
      input.cells().forEach(cells -> known.add(cells.field()));
    }
    List<String> remarks = new ArrayList<>();
    for (String field : record.keySet()) {
      if (!known.contains(field)) {
        Spelling.nearest(field, known)
            .ifPresent(meant -> remarks.add("%s, did you mean %s?".formatted(field, meant)));
      }
    }
    return remarks.isEmpty() ? "" : "; the record has " + String.join(" and ", remarks);
  }

  private int predict(Configuration configuration, Path rows) throws IOException {
    FleetKey keys = FleetKey.of(configuration.fleet(), key);
    FileSummary summary = new FileSummary(configuration.definition());
    try (PredictorClient client = connect(configuration);
        Table table = open(configuration, rows);
        PredictionFile written = written(configuration, table)) {
      List<RowListener> listeners = new ArrayList<>(List.of(summary));
      if (written != null) {
        listeners.add(written);
      }
      if (printsRows) {
        listeners.add(new PrintedRows(configuration.definition(), System.out));
      }
      FilePredictions predictions =
          new FilePredictions(
              configuration.model(), configuration.definition(), keys, client, listeners);
      while (table.hasNext()) {
        predictions.add(FileRow.next(table));
      }
      predictions.finish();
    } catch (RefusedException e) {
      throw refused(e);
    }
    print(summary);
    return summary.skipped() == 0 ? 0 : 1;
  }

  private static Table open(Configuration configuration, Path rows) {
    List<String> fields =
        configuration.definition().inputs().stream()
            .flatMap(input -> input.cells().stream())
            .map(FieldCells::field)
            .toList();
    Table table = Table.open(rows, configuration.file());
    try {
      WantedColumns.require(rows.toString(), table.columns(), fields);
      return table;
    } catch (CommandFailedException e) {
      table.close();
      throw e;
    }
  }

  private @Nullable PredictionFile written(Configuration configuration, Table table) {
    return output == null
        ? null
        : PredictionFile.create(output, configuration.definition(), table.columns());
  }

  private void print(FileSummary summary) {
    List<String> lines = new ArrayList<>(summary.lines());
    lines.add("");
    if (output != null) {
      lines.add("the rows and their predictions are in " + output);
    } else if (!summary.isScored() && !printsRows) {
      lines.add(
          "the file has no labels to compare with; --rows prints each answer, --output FILE.csv"
              + " writes them beside the rows");
    }
    lines.add(summary.line());
    lines.forEach(System.out::println);
  }

  private PredictorClient connect(Configuration configuration) {
    return new PredictorClient(new Access(authorities, tokenFile).to(configuration.serving()));
  }

  private static void print(Configuration configuration, Prediction prediction) {
    for (OutputSettings settings : configuration.definition().outputs()) {
      Output output = prediction.output(settings.name());
      System.out.println(settings.name() + ": " + PredictionText.brief(settings, output, 0));
      if (!settings.classes().isEmpty()) {
        System.out.println("probabilities: " + PredictionText.probabilities(settings, output, 0));
      }
    }
    System.out.println("version: " + prediction.version());
    prediction.parameters().forEach((name, value) -> System.out.println(name + ": " + value));
  }

  private static CommandFailedException refused(RefusedException e) {
    return new CommandFailedException(
        "the predictor refused (%s): %s".formatted(e.status().name(), e.getMessage()));
  }
}
