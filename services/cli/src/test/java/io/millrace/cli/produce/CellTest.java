package io.millrace.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "+3", "2.5", ".5", "5.", "1e3", "-1.5E-7", "007"})
  void isNumber_decimal_isTrue(String text) {
    assertThat(Cell.isNumber(text)).isTrue();
    assertThat(Cell.toFloat(text)).isEqualTo(Float.parseFloat(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "NaN", "Infinity", "1f", "0x1p3", "1,5", "1 000", "--1", "e5"})
  void isNumber_anythingElse_isFalse(String text) {
    assertThat(Cell.isNumber(text)).isFalse();
    assertThat(Cell.toFloat(text)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"12,12", "-0.50,-0.50", "1e5,1e5", "+3,3", ".5,0.5", "5.,5", "007,7"})
  void jsonNumber_text_isKeptWhereJsonAllowsIt(String text, String json) {
    assertThat(Cell.jsonNumber(text)).isEqualTo(json);
  }
}
