package io.millrace.learning.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.settings.Section;
import java.util.stream.StreamSupport;

/** Converts the arguments of Keras' callbacks into our settings. */
final class GoldenPolicies {
  private GoldenPolicies() {}

  static Section section(JsonNode config) {
    ObjectNode settings = config.deepCopy();
    settings.put("comparison", "recorded");
    settings.remove("initial_learning_rate");
    JsonNode start = settings.remove("start_from_epoch");
    if (start != null) {
      settings.set("start_from_evaluation", start);
    }
    return GoldenTensor.section(settings);
  }

  /** Returns the numbers of a list; {@code null} stands for NaN. */
  static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(value -> value.isNull() ? Double.NaN : value.asDouble())
        .toArray();
  }
}
