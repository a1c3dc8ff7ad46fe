package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  @Test
  void training_settingsOfAnyKind_showsLossOptimizerAndRegularization() {
    // Given
    Map<String, Object> hidden =
        Map.of(
            "type",
            "dense",
            "name",
            "hidden",
            "units",
            4,
            "kernel_regularizer",
            Map.of("type", "l1_l2", "l1", 0.001, "l2", 0.01));
    Map<String, Object> document =
        Map.of(
            "inputs", Map.of("x", Map.of("size", 3)),
            "outputs",
                Map.of(
                    "y",
                    Map.of(
                        "loss",
                        Map.of("type", "huber", "delta", 2),
                        "loss_weight",
                        0.5,
                        "target_scaling",
                        "log",
                        "metrics",
                        List.of("mae", "mse"))),
            "network", Map.of("layers", List.of(hidden, Map.of("type", "dense", "units", 1))),
            "training", Map.of("optimizer", Map.of("type", "sgd", "momentum", 0.9)));

    // When, then
    assertThat(lines(document))
        .containsExactly(
            "OUTPUT  LOSS             WEIGHT  METRICS",
            "y       huber (delta 2)     0.5  mae, mse",
            "",
            "optimizer: sgd (learning_rate 0.01, momentum 0.9)",
            "target scaling: y log",
            "regularization: hidden/kernel l1 0.001 l2 0.01");
  }

  @Test
  void training_settingsThatSayNothing_showsTheDefaults() {
    // Given
    Map<String, Object> document =
        Map.of(
            "inputs", Map.of("x", Map.of("size", 3)),
            "outputs", Map.of("y", Map.of("classes", List.of("a", "b"))),
            "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 2))));

    // When, then
    assertThat(lines(document))
        .containsExactly(
            "OUTPUT  LOSS                             WEIGHT  METRICS",
            "y       sparse_categorical_crossentropy       1  accuracy",
            "",
            "optimizer: rmsprop (learning_rate 0.002, epsilon 1.0E-8, rho 0.99)",
            "regularization: none");
  }

  private static List<String> lines(Map<String, Object> document) {
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root);
    LearnerSettings learner = LearnerSettings.read(root, definition);
    root.finish();
    return SummaryText.training(definition, learner);
  }
}
