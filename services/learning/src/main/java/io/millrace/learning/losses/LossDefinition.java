package io.millrace.learning.losses;

import io.millrace.settings.Section;
import java.util.Map;

/**
 * The settings of a loss, and the loss that they make.
 *
 * @param options as they were written, the {@code type} among them
 */
public record LossDefinition(Loss loss, Map<String, Object> options) {

  /**
   * Reads a loss from a section with its {@code type} and options.
   *
   * @param classes how many classes there are; class weights have to be as many
   */
  public static LossDefinition read(Section section, int classes) {
    return new LossDefinition(Losses.read(section, classes), section.tree());
  }
}
