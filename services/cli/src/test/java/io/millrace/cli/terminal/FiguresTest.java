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

  @Test
  void plain_numbers_areWrittenAsPeopleDo() {
    assertThat(Figures.plain(128_812.4)).isEqualTo("128,812");
    assertThat(Figures.plain(-0.5)).isEqualTo("-0.5");
    assertThat(Figures.plain(12.3456)).isEqualTo("12.35");
    assertThat(Figures.plain(0)).isEqualTo("0");
    assertThat(Figures.plain(1e-7)).isEqualTo("1.000e-07");
    assertThat(Figures.plain(1e20)).isEqualTo("1.000e+20");
    assertThat(Figures.plain(Double.NaN)).isEqualTo("undefined");
    assertThat(Figures.count(20_000)).isEqualTo("20,000");
  }
}
