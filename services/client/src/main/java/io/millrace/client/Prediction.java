package io.millrace.client;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a predictor answered.
 *
 * @param id the request's own name, empty where it had none
 * @param version of the model, which is its checkpoint's
 * @param outputs numbers, by the output's name
 * @param classes names of the likeliest classes, one a row, by the output's name
 * @param parameters what else the predictor says of the model, such as the positions that it
 *     learned from
 */
public record Prediction(
    String id,
    String version,
    Map<String, Output> outputs,
    Map<String, List<String>> classes,
    Map<String, String> parameters) {
  public Prediction {
    outputs = Map.copyOf(outputs);
    classes = Map.copyOf(classes);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /**
   * Returns the numbers of an output.
   *
   * @throws NullPointerException where the model has no such output, or it was not asked for
   */
  public Output output(String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }
}
