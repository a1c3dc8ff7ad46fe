package io.millrace.learning.layers;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The layers by Keras' names, in snake case. */
public final class LayerTypes {
  private static final Map<String, Function<Section, Layer>> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put("activation", ActivationLayer::read);
    BY_NAME.put("concatenate", Concatenate::read);
    BY_NAME.put("dense", Dense::read);
    BY_NAME.put("dropout", Dropout::read);
    BY_NAME.put("flatten", section -> new Flatten());
    BY_NAME.put("gaussian_noise", GaussianNoise::read);
    BY_NAME.put("reshape", Reshape::read);
  }

  private LayerTypes() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** Reads a layer from a section with its {@code type} and options. */
  public static Layer read(Section section) {
    String type =
        section
            .text("type", "what the layer does")
            .check("one of " + String.join(", ", BY_NAME.keySet()), BY_NAME::containsKey)
            .required();
    return BY_NAME.getOrDefault(type, unknown -> new Flatten()).apply(section);
  }
}
