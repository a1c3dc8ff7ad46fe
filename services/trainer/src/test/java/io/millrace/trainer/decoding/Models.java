package io.millrace.trainer.decoding;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;

/** Models small enough to write their records by hand, with one cell per number. */
public final class Models {
  private Models() {}

  /** Three numbers x, y, z and one of the classes a, b, 7. */
  public static ModelDefinition classes() {
    return model(
        Map.of("features", Map.of("fields", List.of("x", "y", "z"))),
        Map.of("letter", Map.of("field", "label", "classes", List.of("a", "b", "7"))),
        List.of(dense(3, "softmax")));
  }

  /** Three numbers that are to be reconstructed; there is no label. */
  public static ModelDefinition reconstruction() {
    return model(
        Map.of("features", Map.of("fields", List.of("x", "y", "z"))),
        Map.of("letter", Map.of("reconstructs", "features")),
        List.of(dense(3, "linear")));
  }

  /** The same with a one-hot target. */
  static ModelDefinition oneHotClasses() {
    Map<String, Object> output =
        Map.of(
            "field", "label",
            "classes", List.of("a", "b", "7"),
            "loss", "categorical_crossentropy");
    return model(
        Map.of("features", Map.of("fields", List.of("x", "y", "z"))),
        Map.of("letter", output),
        List.of(dense(3, "softmax")));
  }

  /** A vector of two numbers, and a number that is also the label. */
  public static ModelDefinition numbers() {
    Map<String, Object> concatenate =
        Map.of("type", "concatenate", "name", "both", "inputs", List.of("position", "speed"));
    Map<String, Object> output =
        Map.of("type", "dense", "name", "again", "units", 1, "inputs", List.of("both"));
    return model(
        Map.of("position", Map.of("size", 2), "speed", Map.of("fields", List.of("speed"))),
        Map.of("again", Map.of("field", "speed")),
        List.of(concatenate, output));
  }

  /** Two word indices below 5. */
  static ModelDefinition words() {
    Map<String, Object> embedding = Map.of("type", "embedding", "input_dim", 5, "output_dim", 2);
    return model(
        Map.of("words", Map.of("size", 2, "scaling", "none")),
        Map.of("letter", Map.of("field", "label", "classes", List.of("a", "b", "7"))),
        List.of(embedding, Map.of("type", "flatten"), dense(3, "softmax")));
  }

  public static ExampleBatch rows(ModelDefinition model) {
    return new ExampleBatch(4, model.inputWidths(), model.targetWidths());
  }

  private static Map<String, Object> dense(int units, String activation) {
    return Map.of("type", "dense", "units", units, "activation", activation);
  }

  private static ModelDefinition model(
      Map<String, Object> inputs, Map<String, Object> outputs, List<Map<String, Object>> layers) {
    Section root =
        Section.root(
            Map.of("inputs", inputs, "outputs", outputs, "network", Map.of("layers", layers)));
    ModelDefinition model = ModelDefinition.read(root);
    root.finish();
    return model.inSinglePrecision();
  }
}
