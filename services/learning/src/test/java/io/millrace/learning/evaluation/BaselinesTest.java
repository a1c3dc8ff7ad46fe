package io.millrace.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselinesTest {

  @Test
  void score_batchOfRuns_knowsNoLabelOfItsOwnBatch() {
    // Given: the newest known label is 2, the most frequent one 1
    Baselines baselines = ofClasses();
    baselines.score(new float[12], new float[] {1, 1, 1, 2}, 4);

    // When: a batch that begins and ends with the label 0
    Baselines measured = copy(baselines);
    float[] right = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0};
    measured.score(right, new float[] {0, 1, 2, 0}, 4);

    // Then: means of the eight rows; everything predicted class 0 in the first batch
    assertThat(values(measured))
        .containsEntry("rolling_accuracy", 4 / 8.0)
        .containsEntry("no_change_accuracy", 1 / 8.0)
        .containsEntry("majority_accuracy", 1 / 8.0);
  }

  @Test
  void score_moreThanAThousandRecords_forgetsTheOldest() {
    Baselines baselines = ofClasses();
    float[] wrong = {0, 1, 0};
    float[] right = {1, 0, 0};

    for (int i = 0; i < 600; i++) {
      baselines.score(wrong, new float[] {0}, 1);
    }
    for (int i = 0; i < 900; i++) {
      baselines.score(right, new float[] {0}, 1);
    }

    assertThat(values(baselines)).containsEntry("rolling_accuracy", 0.9);
  }

  @Test
  void score_numbers_measuresAbsoluteErrors() {
    // Given: labels 10 and 20, whose mean is 15
    Baselines baselines =
        Baselines.of(output(Map.of("metrics", List.of())), new OutputShape(1, 1), "price_");
    baselines.score(new float[] {10, 20}, new float[] {10, 20}, 2);

    // When
    baselines.score(new float[] {17}, new float[] {18}, 1);

    // Then: before any label, both baselines predict 0
    assertThat(values(baselines))
        .containsEntry("price_rolling_mean_absolute_error", 1 / 3.0)
        .containsEntry("price_no_change_mean_absolute_error", (10 + 20 + 2) / 3.0)
        .containsEntry("price_constant_mean_absolute_error", (10 + 20 + 3) / 3.0);
  }

  private static Baselines ofClasses() {
    return Baselines.of(
        output(Map.of("classes", List.of("a", "b", "c"))), new OutputShape(3, 1), "");
  }

  private static OutputSettings output(Map<String, ?> options) {
    return OutputSettings.read("price", Section.root(options));
  }

  private static Baselines copy(Baselines baselines) {
    State state = new State();
    baselines.save(state);
    Baselines copy = ofClasses();
    copy.restore(state.copy());
    return copy;
  }

  private static Map<String, Double> values(Baselines baselines) {
    Map<String, Double> values = new LinkedHashMap<>();
    baselines.values(values);
    return values;
  }
}
