package io.millrace.learning.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RivalsSettingsTest {

  @Test
  void read_auto_isTheMeasuredEightInBlocksOfTheFilesBatch() {
    LearnerSettings settings = read(Map.of("rivals", "auto"));

    RivalsSettings rivals = settings.rivals().orElseThrow();
    assertThat(rivals.combine()).isEqualTo(Combine.HEDGE);
    assertThat(rivals.memory()).isEqualTo(1000);
    assertThat(rivals.tournament()).isEmpty();
    assertThat(settings.batchSize()).isEqualTo(8);
  }

  @Test
  void read_noSection_isOneLearner() {
    assertThat(read(Map.of()).rivals()).isEmpty();
  }

  @Test
  void read_manyMistakes_reportsAllOfThemWithTheirPaths() {
    Map<String, Object> rivals =
        Map.of(
            "combine",
            "vote",
            "memory",
            0,
            "tournament",
            Map.of("every", 5, "keep", 3),
            "learners",
            List.of(
                Map.of("name", "eight"),
                Map.of("name", "three", "training", Map.of("batch_size", 3)),
                Map.of(
                    "name",
                    "wrong",
                    "training",
                    Map.of("optimizer", Map.of("learning_rate", -1), "seed", 4))));

    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, () -> read(Map.of("rivals", rivals)));

    assertThat(thrown.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "rivals.combine",
            "rivals.memory",
            "rivals.tournament.every",
            "rivals.tournament.keep",
            "rivals.learners[1].training.batch_size",
            "rivals.learners[2].training.optimizer.learning_rate",
            "rivals.learners[2].training.seed");
  }

  @Test
  void read_turnsBeforeNewcomersAnswer_areRefused() {
    Map<String, Object> rivals =
        Map.of("learners", "auto", "memory", 500, "tournament", Map.of("every", 500));

    assertThatThrownBy(() -> read(Map.of("rivals", rivals)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rivals.tournament.every: is 500; allowed: ")
        .hasMessageContaining("more than rivals.memory");
  }

  private static LearnerSettings read(Map<String, Object> sections) {
    Map<String, Object> document =
        new HashMap<>(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", List.of("a", "b"))),
                "outputs", Map.of("class", Map.of("classes", List.of("x", "y"))),
                "network",
                    Map.of(
                        "layers",
                        List.of(
                            Map.of("type", "dense", "units", 12, "activation", "relu"),
                            Map.of("type", "dense", "units", 2, "activation", "softmax")))));
    document.putAll(sections);
    Section root = Section.root(document);
    LearnerSettings settings = LearnerSettings.read(root, ModelDefinition.read(root));
    root.finish();
    return settings;
  }
}
