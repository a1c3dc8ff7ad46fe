package io.millrace.cli.predict;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a predictor answered.
 *
 * @param version the model's version
 * @param outputs by the output's name
 * @param parameters what else the predictor says of the model, such as the positions it learned
 *     from
 */
public record Answer(String version, Map<String, Output> outputs, Map<String, String> parameters) {
  public Answer {
    outputs = Map.copyOf(outputs);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
