package io.millrace.learning.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wide rows are scaled many at once, with the same result as each number alone. */
class StandardizationTest {
  private static final int ROWS = 70;
  private static final NumberCells CELLS = NumberCells.ofFields(Precision.SINGLE);

  @ParameterizedTest
  @CsvSource({"20, 0", "20, 3", "16, 1", "600, 0"})
  void apply_wideRows_isWhatEachNumberAloneGives(int width, int others) {
    // Given
    int stride = width + others;
    float[] raw = new float[ROWS * stride];
    Random random = new Random(1);
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (float) (5 * random.nextGaussian() + i % stride);
    }
    float[] together = new float[ROWS * stride];
    float[] alone = new float[ROWS * stride];

    // When
    standardize(
        new Standardization(new Layout(stride, others, stride, others), width, CELLS),
        raw,
        together);
    for (int i = others; i < stride; i++) {
      standardize(new Standardization(new Layout(stride, i, stride, i), 1, CELLS), raw, alone);
    }

    // Then
    assertThat(together).containsExactly(alone);
  }

  private static void standardize(Standardization standardization, float[] raw, float[] target) {
    standardization.learn(raw, ROWS);
    standardization.apply(raw, target, ROWS);
  }
}
