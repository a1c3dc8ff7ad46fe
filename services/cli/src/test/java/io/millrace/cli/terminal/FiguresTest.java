package io.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void rounded_numberOrNone_isSaidInWords() {
    assertThat(Figures.rounded(0.123456)).isEqualTo("0.1235");
    assertThat(Figures.rounded(Double.NaN)).isEqualTo("undefined");
    assertThat(Figures.rounded(Double.NEGATIVE_INFINITY)).isEqualTo("undefined");
  }
}
