package io.millrace.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputShapeTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 26})
  void isPredicted_rowsWithTies_onlyTheFirstOfTheLargest(int width) {
    OutputShape shape = new OutputShape(width, 1);
    Random random = new Random(width);
    float[] predictions = new float[200 * width];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = random.nextInt(4) / 3f;
    }
    for (int row = 0; row < 200; row++) {
      int current = row;
      int[] predicted =
          IntStream.range(0, Math.max(2, width))
              .filter(column -> shape.isPredicted(predictions, current, column))
              .toArray();

      assertThat(predicted).containsExactly(shape.predictedClass(predictions, row));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void isPredicted_notANumberThroughout_firstClassAsInKeras(int width) {
    OutputShape shape = new OutputShape(width, 1);
    float[] predictions = new float[width];
    Arrays.fill(predictions, Float.NaN);

    assertThat(shape.isPredicted(predictions, 0, 0)).isTrue();
    assertThat(shape.isPredicted(predictions, 0, width - 1)).isFalse();
  }
}
