package io.millrace.export;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.model.ModelDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON beside a model: how records become its inputs and its outputs become answers. It has the
 * settings of inputs and outputs, the learned statistics, and for inputs that are only shifted and
 * scaled, the numbers to do it with.
 */
public final class PreprocessingFile {
  private PreprocessingFile() {}

  /**
   * Returns the file's content.
   *
   * @param inFile by input, whether the model itself does the input's preprocessing
   */
  public static String write(ExportedModel model, List<Boolean> inFile) {
    ModelDefinition definition = model.definition();
    Map<String, Object> tree = new LinkedHashMap<>(model.identity());
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (int i = 0; i < definition.inputs().size(); i++) {
      inputs.put(definition.inputs().get(i).name(), input(model, i, inFile.get(i)));
    }
    tree.put("inputs", inputs);
    tree.put(
        "settings",
        Map.of(
            "inputs", definition.tree().getOrDefault("inputs", Map.of()),
            "outputs", definition.tree().getOrDefault("outputs", Map.of())));
    Map<String, Object> statistics = new LinkedHashMap<>();
    model.statistics().forEach((path, value) -> statistics.put(path, listed(value)));
    tree.put("statistics", statistics);
    return DefinitionJson.write(tree);
  }

  private static Map<String, Object> input(ExportedModel model, int index, boolean isInFile) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("width", model.definition().inputs().get(index).width());
    tree.put("preprocessed_by_the_model", isInFile);
    model
        .scaling(index)
        .ifPresent(
            scaling -> {
              tree.put("formula", "(x - shift) / divisor; 0 where divisor is null");
              tree.put("shift", scaling.shifts());
              tree.put("divisor", finite(scaling.divisors()));
            });
    return tree;
  }

  @SuppressWarnings("NullAway") // JSON has null for infinity
  private static List<Object> finite(List<Double> divisors) {
    List<Object> numbers = new ArrayList<>();
    divisors.forEach(divisor -> numbers.add(Double.isFinite(divisor) ? divisor : null));
    return numbers;
  }

  private static Object listed(Object value) {
    if (value instanceof float[] floats) {
      List<Float> list = new ArrayList<>();
      for (float number : floats) {
        list.add(number);
      }
      return list;
    }
    if (value instanceof double[] decimals) {
      return Arrays.stream(decimals).boxed().toList();
    }
    return value instanceof long[] integers ? Arrays.stream(integers).boxed().toList() : value;
  }
}
