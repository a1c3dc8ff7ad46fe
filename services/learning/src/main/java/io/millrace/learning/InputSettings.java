package io.millrace.learning;

import io.millrace.settings.Section;
import java.util.List;

/**
 * One input of the network and the fields of the record that fill it.
 *
 * @param name the input's name, in the network and as a tensor in serving
 * @param fields the record's numeric fields, in order; empty where the record holds the input as
 *     one vector under the input's name
 * @param size how many numbers the input has
 * @param scaling how they are scaled
 */
public record InputSettings(String name, List<String> fields, int size, Scaling scaling) {

  static InputSettings read(String name, Section section) {
    List<String> fields =
        section
            .texts("fields", "the record's numeric fields that fill this input, in order")
            .orElse(List.of());
    int size =
        section
            .integer("size", "how many numbers the record holds under the input's own name")
            .atLeast(1)
            .optional()
            .orElse(fields.size());
    if (size == 0 || (!fields.isEmpty() && size != fields.size())) {
      section.report("", "needs either fields, or the size of one vector");
    }
    Scaling scaling =
        section
            .choice("scaling", Scaling.class, "how the values are scaled")
            .orElse(Scaling.STANDARD);
    return new InputSettings(name, fields, Math.max(1, size), scaling);
  }
}
