package io.millrace.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millrace.learning.losses.Losses;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every metric, whatever it measures, for every shape of an output. */
class MetricConformanceTest {
  private static final int ROWS = 60;

  static Stream<Arguments> metrics() {
    List<OutputShape> shapes =
        List.of(new OutputShape(1, 1), new OutputShape(3, 3), new OutputShape(3, 1));
    return Metrics.names().stream()
        .flatMap(
            name ->
                shapes.stream()
                    .filter(shape -> fits(name, shape))
                    .map(shape -> Arguments.of(name, shape)));
  }

  private static boolean fits(String name, OutputShape shape) {
    if (name.startsWith("sparse_")) {
      return shape.isSparse();
    }
    if (name.contains("top_k")) {
      return !shape.isSingle();
    }
    boolean comparesColumns =
        Losses.names().contains(name)
            || List.of("mae", "mape", "mse", "msle").contains(name)
            || List.of("binary_accuracy", "r2_score", "root_mean_squared_error").contains(name);
    return !(comparesColumns && shape.isSparse());
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void update_anyBatches_giveTheValueOfOne(String name, OutputShape shape) {
    Metric whole = metric(name, shape);
    Metric parts = metric(name, shape);

    whole.update(predictions(shape, 0, ROWS), targets(shape, 0, ROWS), weights(0, ROWS), ROWS);
    for (int from = 0; from < ROWS; from += 7) {
      update(parts, shape, from, Math.min(ROWS, from + 7));
    }

    assertThat(parts.value()).isFinite().isCloseTo(whole.value(), withinPercentage(1e-9));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void restore_inTheMiddle_goesOnBitByBit(String name, OutputShape shape) {
    Metric uninterrupted = metric(name, shape);
    update(uninterrupted, shape, 0, 20);
    State state = new State();
    uninterrupted.save(state);
    update(uninterrupted, shape, 20, ROWS);

    Metric restored = metric(name, shape);
    restored.restore(State.of(state.entries()));
    update(restored, shape, 20, ROWS);

    assertThat(restored.value()).isEqualTo(uninterrupted.value());
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void reset_afterRows_forgetsThem(String name, OutputShape shape) {
    Metric metric = metric(name, shape);
    update(metric, shape, 0, 20);
    metric.reset();
    update(metric, shape, 20, ROWS);
    Metric fresh = metric(name, shape);
    update(fresh, shape, 20, ROWS);

    assertThat(metric.value()).isEqualTo(fresh.value());
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void update_absentWeights_areOnes(String name, OutputShape shape) {
    Metric without = metric(name, shape);
    Metric with = metric(name, shape);
    float[] ones = new float[ROWS];
    Arrays.fill(ones, 1);
    float[] predictions = predictions(shape, 0, ROWS);
    float[] targets = targets(shape, 0, ROWS);

    without.update(predictions, targets, null, ROWS);
    with.update(predictions, targets, ones, ROWS);

    assertThat(without.value()).isEqualTo(with.value());
    assertThat(predictions).containsExactly(predictions(shape, 0, ROWS));
    assertThat(targets).containsExactly(targets(shape, 0, ROWS));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void update_weightOfTwo_countsAsTwoRows(String name, OutputShape shape) {
    Metric weighted = metric(name, shape);
    Metric repeated = metric(name, shape);
    float[] twos = new float[ROWS];
    Arrays.fill(twos, 2);

    weighted.update(predictions(shape, 0, ROWS), targets(shape, 0, ROWS), twos, ROWS);
    for (int i = 0; i < 2; i++) {
      repeated.update(predictions(shape, 0, ROWS), targets(shape, 0, ROWS), null, ROWS);
    }

    assertThat(weighted.value()).isCloseTo(repeated.value(), withinPercentage(1e-9));
  }

  private static void update(Metric metric, OutputShape shape, int from, int to) {
    metric.update(
        predictions(shape, from, to), targets(shape, from, to), weights(from, to), to - from);
  }

  private static Metric metric(String name, OutputShape shape) {
    Section section = Section.root(Map.of("type", name));
    MetricDefinition definition = Metrics.read(section);
    section.finish();
    return definition.create(shape);
  }

  private static float[] predictions(OutputShape shape, int from, int to) {
    RandomStream random = RandomStream.of(1, 0);
    float[] values = new float[(to - from) * shape.width()];
    for (int i = 0; i < values.length; i++) {
      // some scores are equal
      values[i] = (1 + random.integer((long) from * shape.width() + i, 30)) / 32f;
    }
    return values;
  }

  private static float[] targets(OutputShape shape, int from, int to) {
    RandomStream random = RandomStream.of(2, 0);
    float[] values = new float[(to - from) * shape.targetWidth()];
    for (int row = from; row < to; row++) {
      int target = random.integer(row, Math.max(2, shape.width()));
      if (shape.targetWidth() == 1) {
        values[row - from] = target;
      } else {
        values[(row - from) * shape.targetWidth() + target] = 1;
      }
    }
    return values;
  }

  private static float[] weights(int from, int to) {
    float[] weights = new float[to - from];
    for (int row = from; row < to; row++) {
      weights[row - from] = 1 + row % 3;
    }
    return weights;
  }
}
