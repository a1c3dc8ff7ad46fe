package io.millrace.learning.losses;

import io.millrace.settings.Section;
import java.util.Map;

/**
 * The settings of a loss, and the loss made from them. A balanced loss has no weights yet: a
 * model's scores are those of the loss without weights, and training has weights of its own.
 *
 * @param options as they were written, including the {@code type}
 */
public record LossDefinition(Loss loss, Map<String, Object> options) {

  /**
   * Reads a loss from a section with its {@code type} and options.
   *
   * @param classes the number of classes, which class weights must match
   */
  public static LossDefinition read(Section section, int classes) {
    return new LossDefinition(Losses.read(section, classes), section.tree());
  }

  /** Returns whether the loss is a cross entropy, whose unit is that of a log-likelihood. */
  public boolean isCrossentropy() {
    return String.valueOf(options.get("type")).endsWith("crossentropy");
  }

  /** Returns whether rows are weighted by how rare their class has been. */
  public boolean isBalanced() {
    return isBalanced(options);
  }

  static boolean isBalanced(Map<String, Object> options) {
    return "balanced".equals(options.get("class_weight"));
  }
}
