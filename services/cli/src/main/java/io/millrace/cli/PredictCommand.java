package io.millrace.cli;

import io.millrace.cli.invocation.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Access;
import io.millrace.cli.predict.Features;
import io.millrace.cli.predict.FilePredictions;
import io.millrace.cli.predict.JsonRecord;
import io.millrace.cli.predict.PredictionText;
import io.millrace.cli.produce.CsvFile;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.client.RefusedException;
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
      "Where the file has the labels too, the accuracy comes last."
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--json", paramLabel = "OBJECT", description = "One record as JSON.")
  private @Nullable String json;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A CSV file with a header; .gz is unpacked.")
  private @Nullable Path file;

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
      return predict(config.load(), json);
    }
    if (file != null && json == null) {
      return predict(config.load(), file);
    }
    throw new UsageException("give either --json or --file");
  }

  private int predict(Configuration configuration, String text) throws IOException {
    Map<String, List<String>> record = JsonRecord.read(text);
    Features features = new Features(configuration.definition());
    List<String> problems = features.add(field -> record.getOrDefault(field, List.of()));
    if (!problems.isEmpty()) {
      throw new CommandFailedException(String.join("; ", problems) + unread(configuration, record));
    }
    try (PredictorClient client = connect(configuration)) {
      print(configuration, client.predict(features.requestTo(configuration.model())));
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
    try (PredictorClient client = connect(configuration);
        CsvFile csv = CsvFile.open(rows)) {
      FilePredictions predictions =
          new FilePredictions(
              configuration.model(), configuration.definition(), client, System.out);
      return predictions.run(csv) ? 0 : 1;
    } catch (RefusedException e) {
      throw refused(e);
    }
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
