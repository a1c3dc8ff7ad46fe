package io.millrace.learning.layers;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * A penalty on weights that is added to the loss: {@code l1 * sum |w| + l2 * sum w²}.
 *
 * @param l1 factor of the absolute values
 * @param l2 factor of the squares
 */
public record Regularizer(float l1, float l2) {
  public static final Regularizer NONE = new Regularizer(0, 0);
  private static final double KERAS_DEFAULT = 0.01;

  public boolean isNone() {
    return l1 == 0 && l2 == 0;
  }

  /** Reads {@code l1}, {@code l2}, {@code l1_l2} or a section with the factors l1 and l2. */
  static Regularizer read(Section parent, String key) {
    Optional<Section> given =
        parent.has(key) ? Optional.of(parent.typed(key, "l1_l2")) : parent.optionalSection(key);
    return given.map(Regularizer::read).orElse(NONE);
  }

  private static Regularizer read(Section section) {
    String type =
        section
            .text("type", "which penalty")
            .check("one of l1, l2, l1_l2", name -> name.matches("l1|l2|l1_l2"))
            .orElse("l1_l2");
    boolean named = !section.has("l1") && !section.has("l2") && section.has("type");
    double fallback = named ? KERAS_DEFAULT : 0;
    return new Regularizer(
        (float) factor(section, "l1", type.contains("l1") ? fallback : 0),
        (float) factor(section, "l2", type.contains("l2") ? fallback : 0));
  }

  private static double factor(Section section, String key, double fallback) {
    return section
        .decimal(key, "factor of the " + (key.equals("l1") ? "absolute values" : "squares"))
        .atLeast(0)
        .orElse(fallback);
  }
}
