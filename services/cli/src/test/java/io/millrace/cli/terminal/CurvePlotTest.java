package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CurvePlotTest {
  private static final double[] X = {0.01, 0.1, 1, 10, 100};
  private static final double[] Y = {4, 2, 0, 2, Double.NaN};

  @Test
  void lines_curve_isDrawnOverItsDecades() {
    assertThat(new CurvePlot(21, 3, StandardCharsets.UTF_8).lines(0.01, 100, X, Y, 0.1))
        .containsExactly(
            "         4 │•    │",
            "           │     •         •",
            "         0 │     │    •",
            "           └─────────────────────",
            "            1e-2 1e-1 1e0  1e1  1e2");
  }

  @Test
  void lines_charsetWithoutBoxes_isPlain() {
    assertThat(new CurvePlot(21, 3, StandardCharsets.US_ASCII).lines(0.01, 100, X, Y, Double.NaN))
        .containsExactly(
            "         4 |*",
            "           |     *         *",
            "         0 |          *",
            "           +---------------------",
            "            1e-2 1e-1 1e0  1e1  1e2");
  }
}
