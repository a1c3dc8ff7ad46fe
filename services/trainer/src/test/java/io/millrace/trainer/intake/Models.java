package io.millrace.trainer.intake;

import io.millrace.learning.InputSettings;
import io.millrace.learning.ModelDefinition;
import io.millrace.learning.OutputSettings;
import io.millrace.learning.Rows;
import io.millrace.learning.Scaling;
import java.util.List;

/** Models small enough to write records for by hand. */
final class Models {
  private Models() {}

  /** Three numbers x, y, z and one of the classes a, b, 7. */
  static ModelDefinition classes() {
    return new ModelDefinition(
        List.of(new InputSettings("features", List.of("x", "y", "z"), 3, Scaling.NONE)),
        List.of(new OutputSettings("letter", "label", List.of("a", "b", "7"))));
  }

  /** A vector of two numbers and a number from the same record, and a number to learn. */
  static ModelDefinition numbers() {
    return new ModelDefinition(
        List.of(
            new InputSettings("position", List.of(), 2, Scaling.NONE),
            new InputSettings("speed", List.of("speed"), 1, Scaling.NONE)),
        List.of(new OutputSettings("speed_again", "speed", List.of())));
  }

  static Rows rows(ModelDefinition model) {
    return new Rows(
        4,
        model.inputs().stream().mapToInt(InputSettings::size).toArray(),
        model.outputs().stream().mapToInt(output -> 1).toArray());
  }
}
