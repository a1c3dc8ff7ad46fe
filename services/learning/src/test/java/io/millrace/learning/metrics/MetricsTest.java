package io.millrace.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final OutputShape SINGLE = new OutputShape(1, 1);
  private static final OutputShape SPARSE = new OutputShape(3, 1);

  @Test
  void accuracy_shapeOfTheOutput_choosesItsKind() {
    Metric binary = metric(Map.of("type", "accuracy"), SINGLE);
    binary.update(new float[] {0.6f, 0.4f}, new float[] {1, 1}, null, 2);
    Metric sparse = metric(Map.of("type", "accuracy"), SPARSE);
    sparse.update(new float[] {0, 1, 0}, new float[] {1}, null, 1);

    assertThat(binary.value()).isEqualTo(0.5);
    assertThat(sparse.value()).isEqualTo(1);
  }

  @Test
  void value_noRows_isNotANumber() {
    for (String name : new String[] {"accuracy", "mean_squared_error", "roc_auc", "r2_score"}) {
      assertThat(metric(Map.of("type", name), SINGLE).value()).as(name).isNaN();
    }
  }

  @Test
  void rocAuc_onlyOneClass_isNotANumber() {
    Metric metric = metric(Map.of("type", "roc_auc"), SINGLE);

    metric.update(new float[] {0.1f, 0.9f}, new float[] {1, 1}, null, 2);

    assertThat(metric.value()).isNaN();
  }

  @Test
  void rocAuc_equalScores_countHalf() {
    Metric metric = metric(Map.of("type", "roc_auc"), SINGLE);

    metric.update(new float[] {0.5f, 0.5f, 0.7f}, new float[] {0, 1, 1}, null, 3);

    assertThat(metric.value()).isEqualTo(0.75);
  }

  @Test
  void confusionMatrix_rows_areCountedByBothClasses() {
    ConfusionMatrix matrix = new ConfusionMatrix(SPARSE);

    matrix.update(new float[] {0, 1, 0, 0, 1, 0, 0, 0, 1}, new float[] {1, 2, 2}, null, 3);

    assertThat(matrix.count(1, 1)).isEqualTo(1);
    assertThat(matrix.count(2, 1)).isEqualTo(1);
    assertThat(matrix.count(2, 2)).isEqualTo(1);
    assertThat(matrix.value()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void calibrationError_sureAndRightHalfOfTheTime_isOneHalf() {
    Metric metric = metric(Map.of("type", "calibration_error"), SINGLE);

    metric.update(new float[] {1, 1, 0, 0}, new float[] {1, 0, 1, 0}, null, 4);

    assertThat(metric.value()).isEqualTo(0.5);
  }

  @Test
  void read_shortNameOfKeras_isThatError() {
    Metric error = metric(Map.of("type", "mae"), SINGLE);
    error.update(new float[] {1, 4}, new float[] {3, 3}, null, 2);

    assertThat(error.value()).isEqualTo(1.5);
  }

  @Test
  void isHigherBetter_scoresAndErrors_areToldApart() {
    assertThat(Metrics.isHigherBetter("accuracy")).isTrue();
    assertThat(Metrics.isHigherBetter("roc_auc")).isTrue();
    assertThat(Metrics.isHigherBetter("mean_squared_error")).isFalse();
    assertThat(Metrics.isHigherBetter("log_loss")).isFalse();
  }

  @Test
  void read_name_isWhatTheMetricIsShownAs() {
    Section section = Section.root(Map.of("type", "recall", "class_id", 2, "name", "recall_of_c"));
    MetricDefinition definition = Metrics.read(section);
    section.finish();

    assertThat(definition.name()).isEqualTo("recall_of_c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> definition.create(SINGLE))
        .withMessageContaining("class_id");
  }

  @Test
  void create_shapeThatDoesNotFit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric(Map.of("type", "top_k_categorical_accuracy"), SINGLE))
        .withMessageContaining("several classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric(Map.of("type", "mean_squared_error"), SPARSE));
  }

  @Test
  void outputShape_targetOfAnotherWidth_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OutputShape(3, 2))
        .withMessageContaining("targetWidth");
  }

  private static Metric metric(Map<String, Object> settings, OutputShape shape) {
    Section section = Section.root(settings);
    MetricDefinition definition = Metrics.read(section);
    section.finish();
    return definition.create(shape);
  }
}
