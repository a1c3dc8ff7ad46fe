package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A document that names both an architecture and weights. */
class TransferLearningTest {

  @Test
  void new_initialWeightsFromFile_doNotDependOnTheSeed() {
    // When
    Learner first = learner(Map.of("initial_weights", "functional.weights.h5", "seed", 1));
    Learner second = learner(Map.of("initial_weights", "functional.weights.h5", "seed", 2));
    Learner random = learner(Map.of("seed", 1));

    // Then
    assertThat(sha256(first)).isEqualTo(sha256(second)).isNotEqualTo(sha256(random));
  }

  private static String sha256(Learner learner) {
    return HexFormat.of().formatHex(learner.parametersSha256());
  }

  private static Learner learner(Map<String, Object> training) {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("sensors", Map.of("size", 18)),
                "outputs", Map.of("risk", Map.of("loss", "categorical_crossentropy")),
                "network", Map.of("architecture", "functional.json"),
                "training", training),
            new KerasFiles());
    ModelDefinition definition = ModelDefinition.read(root);
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings);
  }
}
