package io.millrace.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.OutputSettings;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowBaselineTest {
  private static final OutputShape ONE_NUMBER = new OutputShape(1, 1);
  private static final OutputShape THREE_CLASSES = new OutputShape(3, 1);

  @Test
  void value_classes_isTheAccuracyOfTheMostFrequent() {
    WindowBaseline baseline = ofClasses();

    update(baseline, 0, new float[15], 0, 1, 1, 2, 1);

    // Then: the model predicts the first class everywhere
    assertThat(baseline.name()).isEqualTo("letter_majority_accuracy");
    assertThat(baseline.value()).isEqualTo(3 / 5.0);
    assertThat(baseline.comparison("val_").score().name()).isEqualTo("val_letter_accuracy");
    assertThat(baseline.comparison("val_").score().value()).isEqualTo(1 - 4 / 5.0);
    assertThat(baseline.comparison("val_").isBetter(true)).isFalse();
  }

  @Test
  void value_numbers_isTheAbsoluteErrorOfTheirMean() {
    WindowBaseline baseline = ofNumbers();

    update(baseline, 0, new float[] {1, 3, 6}, 1, 2, 6);

    assertThat(baseline.name()).isEqualTo("constant_mean_absolute_error");
    assertThat(baseline.value()).isEqualTo((2 + 1 + 3) / 3.0);
    assertThat(baseline.comparison("val_").score().value()).isEqualTo(1 / 3.0);
    assertThat(baseline.comparison("val_").isBetter(true)).isTrue();
  }

  @Test
  void value_laterRecordsOfTheWindow_countsThoseAlone() {
    WindowBaseline baseline = ofNumbers();

    update(baseline, 2, new float[] {5, 7}, 100, 200, 4, 8);

    assertThat(baseline.value()).isEqualTo(2);
  }

  @Test
  void isBetter_afterItWasNot_needsMoreThanChance() {
    // Given: errors of 2 and 2 of the mean; of 2.1 and 1.8 of the model, which are less by chance
    WindowBaseline baseline = ofNumbers();
    update(baseline, 0, new float[] {7.1f, 7.2f}, 5, 9);
    BaselineComparison slight = baseline.comparison("val_");
    assertThat(slight.score().value()).isLessThan(slight.baseline().value());

    assertThat(slight.isBetter(true)).isTrue();
    assertThat(slight.isBetter(false)).isFalse();
  }

  @Test
  void isBetter_oneAnswerThatIsAlwaysRight_cannotBeBeaten() {
    WindowBaseline baseline = ofNumbers();

    update(baseline, 0, new float[] {4, 4}, 4, 4);
    assertThat(baseline.comparison("val_").isBetter(false)).isTrue();

    update(baseline, 0, new float[] {4, 5}, 4, 4);
    assertThat(baseline.comparison("val_").isBetter(true)).isFalse();
  }

  @Test
  void isBetter_predictionThatIsNotFinite_isNot() {
    WindowBaseline baseline = ofNumbers();

    update(baseline, 0, new float[] {1, Float.NaN, 6}, 1, 2, 6);

    assertThat(baseline.comparison("val_").isBetter(true)).isFalse();
  }

  private static WindowBaseline ofClasses() {
    OutputSettings output =
        OutputSettings.read("letter", Section.root(Map.of("classes", List.of("a", "b", "c"))));
    return WindowBaseline.of(output, THREE_CLASSES, "letter_", 8);
  }

  private static WindowBaseline ofNumbers() {
    OutputSettings output = OutputSettings.read("price", Section.root(Map.of()));
    return WindowBaseline.of(output, ONE_NUMBER, "", 8);
  }

  /** Measures predictions for the window's records from number {@code from} on. */
  private static void update(
      WindowBaseline baseline, int from, float[] predictions, float... targets) {
    RollingWindow window = new RollingWindow(8, new int[] {1}, new int[] {1});
    ExampleBatch row = new ExampleBatch(1, new int[] {1}, new int[] {1});
    for (float target : targets) {
      row.target(0)[0] = target;
      window.add(row, 0);
    }
    ExampleBatch batch = new ExampleBatch(8, new int[] {1}, new int[] {1});
    window.copyTo(batch, from, targets.length - from);
    baseline.begin(window, 0, from);
    baseline.update(predictions, batch.target(0), batch.size());
  }
}
