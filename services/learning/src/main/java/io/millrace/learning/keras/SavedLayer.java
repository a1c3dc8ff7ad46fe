package io.millrace.learning.keras;

import io.jhdf.api.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer's weights in a Keras file.
 *
 * @param group their path in the file
 * @param name the layer's name; empty if the file has none
 * @param values in the order of Keras' constructor
 */
record SavedLayer(String group, String name, List<Dataset> values) {

  List<List<Integer>> shapes() {
    return values.stream()
        .map(value -> Arrays.stream(value.getDimensions()).boxed().toList())
        .toList();
  }

  @Override
  public String toString() {
    String shapes = shapes().stream().map(List::toString).collect(Collectors.joining(", "));
    return group + " (" + (name.isEmpty() ? "" : name + ": ") + shapes + ")";
  }
}
