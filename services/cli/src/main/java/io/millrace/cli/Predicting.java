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
import io.millrace.learning.model.OutputSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command {@code predict}. */
final class Predicting {
  private Predicting() {}

  static int json(Path config, Access access, String json) throws IOException {
    Configuration configuration = Configuration.load(config);
    Map<String, List<String>> record = JsonRecord.read(json);
    Features features = new Features(configuration.definition());
    List<String> problems = features.add(field -> record.getOrDefault(field, List.of()));
    if (!problems.isEmpty()) {
      throw new CommandFailedException(String.join("; ", problems));
    }
    try (PredictorClient client = connect(configuration, access)) {
      print(configuration, client.predict(features.requestTo(configuration.model())));
      return 0;
    } catch (RefusedException e) {
      throw refused(e);
    }
  }

  static int file(Path config, Access access, Path file) throws IOException {
    Configuration configuration = Configuration.load(config);
    try (PredictorClient client = connect(configuration, access);
        CsvFile csv = CsvFile.open(file)) {
      FilePredictions predictions =
          new FilePredictions(
              configuration.model(), configuration.definition(), client, System.out);
      return predictions.run(csv) ? 0 : 1;
    } catch (RefusedException e) {
      throw refused(e);
    }
  }

  private static PredictorClient connect(Configuration configuration, Access access) {
    return new PredictorClient(access.to(configuration.serving()));
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
        "the predictor refused (%s): %s".formatted(e.status(), e.getMessage()));
  }
}
