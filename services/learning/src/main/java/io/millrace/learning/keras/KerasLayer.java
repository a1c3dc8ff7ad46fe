package io.millrace.learning.keras;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A layer as Keras writes it.
 *
 * @param kind Keras' class
 * @param config the arguments of its constructor
 * @param inputs the names of the layers that it reads; empty: the previous one
 */
record KerasLayer(String name, String kind, Map<String, Object> config, List<String> inputs) {
  private static final Pattern WORD_BEGIN = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern WORD_END = Pattern.compile("([a-z])([A-Z])");

  boolean isInput() {
    return kind.equals("InputLayer");
  }

  /** Returns the layer's batch shape, under the name of Keras 3 or 2. */
  Optional<List<?>> batchShape() {
    return Stream.of("batch_shape", "batch_input_shape")
        .filter(key -> config.get(key) instanceof List<?>)
        .<List<?>>map(key -> Json.list(config.get(key)))
        .findFirst();
  }

  @Override
  public String toString() {
    return "layer " + name + " (" + kind + ")";
  }

  /** Returns a class's name in Keras' snake case: Conv2D is conv2d. */
  static String smallLetters(String kind) {
    String separated = WORD_BEGIN.matcher(kind).replaceAll("$1_$2");
    return WORD_END.matcher(separated).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
