package io.millrace.cli.scores;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;

/** Outputs of models, for the tests of answers and scores. */
final class Outputs {
  private Outputs() {}

  /** Returns the output {@code y}, of a number or of classes. */
  static OutputSettings output(Map<String, Object> options) {
    int units = options.get("classes") instanceof List<?> classes ? classes.size() : 1;
    return ModelDefinition.read(
            Section.root(
                Map.of(
                    "inputs",
                    Map.of("x", Map.of("size", 1)),
                    "outputs",
                    Map.of("y", options),
                    "network",
                    Map.of("layers", List.of(Map.of("type", "dense", "units", units))))))
        .outputs()
        .get(0);
  }
}
