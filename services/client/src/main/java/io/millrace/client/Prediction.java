package io.millrace.client;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A predictor's answer. Immutable.
 *
 * @param id the request's id; empty if it had none
 * @param version the model's version
 * @param outputs numbers by output name
 * @param classes names of the likeliest classes, one per row, by output name
 * @param parameters further details about the model, such as the positions that it has learned up
 *     to
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
   * @throws NullPointerException if the model has no such output, or it was not requested
   */
  public Output output(String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }
}
