package io.millrace.learning.losses;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The losses by Keras' names, with Keras' options and defaults. */
public final class Losses {
  private static final Map<String, Function<Section, Loss>> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put("mean_absolute_error", section -> new MeanAbsoluteError());
    BY_NAME.put("mean_squared_error", section -> new MeanSquaredError());
    BY_NAME.put("sparse_categorical_crossentropy", Losses::sparseCategoricalCrossentropy);
  }

  private Losses() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** Returns a loss with the defaults of its options. */
  public static Loss named(String name) {
    return read(Section.root(Map.of("type", name)));
  }

  /** Reads a loss from a section with its {@code type} and options. */
  public static Loss read(Section section) {
    String type =
        section
            .text("type", "the loss that training minimizes")
            .check("one of " + String.join(", ", BY_NAME.keySet()), BY_NAME::containsKey)
            .required();
    return BY_NAME.getOrDefault(type, unknown -> new MeanSquaredError()).apply(section);
  }

  private static Loss sparseCategoricalCrossentropy(Section section) {
    return fromLogits(section)
        ? new SparseCategoricalCrossentropyOfLogits()
        : new SparseCategoricalCrossentropy();
  }

  private static boolean fromLogits(Section section) {
    return section
        .flag("from_logits", "whether the predictions are logits, not probabilities")
        .orElse(false);
  }
}
