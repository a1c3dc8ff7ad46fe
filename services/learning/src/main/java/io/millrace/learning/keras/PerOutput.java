package io.millrace.learning.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds one output's part of the arguments of {@code model.compile()}, which are one value for all
 * outputs, a list in their order, or a value by name.
 *
 * @param names Keras' names of the output: its own and that of its layer
 * @param place its index among the outputs
 * @param count how many outputs there are
 * @param isKeras2 whether Keras 2 wrote them; its flat list of metrics applies to every output
 */
record PerOutput(List<String> names, int place, int count, boolean isKeras2) {

  /**
   * Returns the entry of a document's output, which has the name of its layer or is the only one.
   */
  static PerOutput of(KerasModel model, String output, int count) {
    List<Map.Entry<String, String>> outputs = List.copyOf(model.outputs().entrySet());
    for (int i = 0; i < outputs.size(); i++) {
      String layer = outputs.get(i).getValue();
      if (count == 1 || layer.equals(output)) {
        return new PerOutput(List.of(outputs.get(i).getKey(), layer), i, count, model.isKeras2());
      }
    }
    String last =
        model.layers().isEmpty() ? "" : model.layers().get(model.layers().size() - 1).name();
    return new PerOutput(List.of(last), 0, count, model.isKeras2());
  }

  @Nullable Object of(@Nullable Object argument) {
    if (argument instanceof List<?> list) {
      return list.size() == count ? list.get(place) : null;
    }
    return argument instanceof Map<?, ?> map && !map.containsKey("class_name")
        ? byName(map)
        : argument;
  }

  private @Nullable Object byName(Map<?, ?> map) {
    return names.stream().filter(map::containsKey).findFirst().map(map::get).orElse(null);
  }

  /**
   * Returns one output's metrics, possibly several. An ambiguous list has one item per output, as
   * Keras 3 requires for several outputs.
   */
  List<Object> metrics(@Nullable Object argument) {
    boolean isOfEach =
        argument instanceof List<?> list
            && list.size() == count
            && (isOfSeveral() || list.stream().allMatch(PerOutput::isNested));
    Object own = isOfEach || argument instanceof Map<?, ?> ? of(argument) : argument;
    List<Object> metrics = new ArrayList<>();
    for (Object metric : own instanceof List<?> list ? list : Collections.singletonList(own)) {
      if (metric != null) {
        metrics.add(metric);
      }
    }
    return metrics;
  }

  private boolean isOfSeveral() {
    return count > 1 && !isKeras2;
  }

  private static boolean isNested(@Nullable Object item) {
    return item == null || item instanceof List<?>;
  }
}
