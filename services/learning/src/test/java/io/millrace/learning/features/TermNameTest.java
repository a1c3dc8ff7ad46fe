package io.millrace.learning.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermNameTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "1.000, 1",
    "1e0, 1",
    "1E+0, 1",
    "10e-1, 1",
    "0.1E1, 1",
    "-0, 0",
    "0.0, 0",
    "-0.0e7, 0",
    "-1.50, -1.5",
    "0.001, 0.001",
    "1e-3, 0.001",
    "1E3, 1000",
    "9007199254740993, 9007199254740993",
    "9007199254740993.0, 9007199254740993",
    "12345678901234567890123456789.10, 12345678901234567890123456789.1",
    "1e999999999, 1e999999999",
    "10.0e999999998, 1e999999999",
    "True, true",
    "FALSE, false",
  })
  void of_oneNumberHoweverWritten_isOneName(String written, String name) {
    assertThat(TermName.of(written)).isEqualTo(name);
    assertThat(TermName.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "+1",
        "1.",
        ".5",
        "-",
        "--1",
        "1e",
        "1e+",
        "1.0.0",
        "0x10",
        "1 ",
        "1,0",
        "NaN",
        "1_000",
        "-01",
        "007",
        "1e9999999999",
        "tRUE",
        "yes",
        "",
        "12e3f"
      })
  void of_textThatIsNoNumber_staysAsItIs(String written) {
    assertThat(TermName.of(written)).isEqualTo(written);
  }

  @Property
  void of_numbers_areOneNameWhereTheyAreEqual(
      @ForAll @IntRange(min = -3000, max = 3000) int digits,
      @ForAll @IntRange(min = -60, max = 60) int exponent) {
    BigDecimal number = BigDecimal.valueOf(digits, -exponent);
    String name = TermName.of(number.toString());

    assertThat(new BigDecimal(name)).isEqualByComparingTo(number);
    assertThat(TermName.of(number.toPlainString())).isEqualTo(name);
    assertThat(TermName.of(number.setScale(number.scale() + 3).toString())).isEqualTo(name);
    assertThat(TermName.of(digits + "e" + exponent)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "01", "true"})
  void areDistinct_namesOfOneNumberOrTruth_areNot(String other) {
    assertThat(TermName.areDistinct(List.of("1", "TRUE", other))).isEqualTo(other.equals("01"));
  }
}
