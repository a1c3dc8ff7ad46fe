package io.millrace.learning.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitializersTest {

  static List<String> names() {
    return Initializers.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void fill_sameTensorElsewhere_hasTheSameValues(String name) {
    float[] alone = values(Map.of("type", name), new int[] {6, 4}, 0, 24);
    float[] within = values(Map.of("type", name), new int[] {6, 4}, 10, 40);

    assertThat(Arrays.copyOfRange(within, 10, 34)).containsExactly(alone);
    assertThat(Arrays.copyOf(within, 10)).containsOnly(0);
    assertThat(Arrays.copyOfRange(within, 34, 40)).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({"5, 3", "3, 5", "4, 4"})
  void fill_orthogonal_shorterSideIsOrthonormal(int rows, int columns) {
    float[] matrix =
        values(
            Map.of("type", "orthogonal", "gain", 2), new int[] {rows, columns}, 0, rows * columns);
    int shorter = Math.min(rows, columns);

    for (int i = 0; i < shorter; i++) {
      for (int j = 0; j < shorter; j++) {
        double product = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          product +=
              rows < columns
                  ? matrix[i * columns + k] * matrix[j * columns + k]
                  : matrix[k * columns + i] * matrix[k * columns + j];
        }
        assertThat(product).isCloseTo(i == j ? 4 : 0, within(1e-5));
      }
    }
  }

  @Test
  void fill_fanInUniform_isBoundedByTheInputsForABiasToo() {
    float[] bias = new float[1000];
    read(Map.of("type", "fan_in_uniform"))
        .fill(bias, 0, new int[] {1000}, Fans.of(16, 1000), RandomStream.of(1, 1));

    assertThat(range(bias)).isLessThanOrEqualTo(0.25f).isGreaterThan(0.24f);
  }

  @Test
  void of_kernelOfAConvolution_countsTheReceptiveField() {
    assertThat(Fans.of(3, 5, 64, 128)).isEqualTo(new Fans(3 * 5 * 64, 3 * 5 * 128));
    assertThat(Fans.of(7, 9)).isEqualTo(new Fans(7, 9));
    assertThat(Fans.of(7)).isEqualTo(new Fans(7, 7));
  }

  private static float range(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static float[] values(Map<String, Object> settings, int[] shape, int offset, int length) {
    float[] values = new float[length];
    read(settings).fill(values, offset, shape, Fans.of(shape), RandomStream.of(5, 2));
    return values;
  }

  private static Initializer read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    Initializer initializer = Initializers.read(section);
    section.finish();
    return initializer;
  }
}
