package io.millrace.cli;

import io.millrace.cli.invocation.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Answer;
import io.millrace.cli.predict.Features;
import io.millrace.cli.predict.FilePredictions;
import io.millrace.cli.predict.InferenceConnection;
import io.millrace.cli.predict.JsonRecord;
import io.millrace.cli.predict.Output;
import io.millrace.cli.predict.PredictionText;
import io.millrace.cli.predict.RefusedException;
import io.millrace.cli.produce.CsvFile;
import io.millrace.learning.OutputSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The command {@code predict}. */
final class Predicting {
  private Predicting() {}

  static int json(Path config, String json) throws IOException {
    Configuration configuration = Configuration.load(config);
    Map<String, List<String>> record = JsonRecord.read(json);
    Features features = new Features(configuration.definition());
    List<String> problems = features.add(field -> record.getOrDefault(field, List.of()));
    if (!problems.isEmpty()) {
      throw new CommandFailedException(String.join("; ", problems));
    }
    try (InferenceConnection connection = connect(configuration)) {
      print(configuration, connection.infer(configuration.model(), features));
      return 0;
    } catch (RefusedException e) {
      throw refused(e);
    }
  }

  static int file(Path config, Path file) throws IOException {
    Configuration configuration = Configuration.load(config);
    try (InferenceConnection connection = connect(configuration);
        CsvFile csv = CsvFile.open(file)) {
      FilePredictions predictions =
          new FilePredictions(
              configuration.model(), configuration.definition(), connection, System.out);
      return predictions.run(csv) ? 0 : 1;
    } catch (RefusedException e) {
      throw refused(e);
    }
  }

  private static InferenceConnection connect(Configuration configuration) {
    return new InferenceConnection(configuration.serving().host(), configuration.serving().port());
  }

  private static void print(Configuration configuration, Answer answer) {
    for (OutputSettings settings : configuration.definition().outputs()) {
      Output output = Objects.requireNonNull(answer.outputs().get(settings.name()));
      System.out.println(settings.name() + ": " + PredictionText.brief(settings, output, 0));
      if (!settings.classes().isEmpty()) {
        System.out.println("probabilities: " + PredictionText.probabilities(settings, output, 0));
      }
    }
    System.out.println("version: " + answer.version());
    answer.parameters().forEach((name, value) -> System.out.println(name + ": " + value));
  }

  private static CommandFailedException refused(RefusedException e) {
    return new CommandFailedException(
        "the predictor refused (%s): %s".formatted(e.status(), e.getMessage()));
  }
}
