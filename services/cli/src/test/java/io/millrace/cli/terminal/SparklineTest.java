package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void text_values_areBarsOfTheNewest() {
    // Given
    Sparkline sparkline = new Sparkline(3, StandardCharsets.UTF_8);

    // When
    for (double value : new double[] {0.5, 0, Double.NaN, 0.5, 1}) {
      sparkline.add(value);
    }

    // Then
    assertThat(sparkline.text()).isEqualTo("▁▅█");
  }

  @Test
  void text_charsetWithoutBlocks_isPlain() {
    Sparkline sparkline = new Sparkline(3, StandardCharsets.US_ASCII);
    sparkline.add(1);

    assertThat(sparkline.text()).isEqualTo("#");
  }
}
