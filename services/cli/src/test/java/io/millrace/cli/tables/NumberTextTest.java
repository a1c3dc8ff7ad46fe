package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,000          | 1000
          1,234,567.89   | 1234567.89
          12,34,567      | 1234567
          1 000          | 1000
          1'000.5        | 1000.5
          1’000          | 1000
          $1,246.80      | 1246.80
          US$ 5          | 5
          5 €            | 5
          EUR 5.50       | 5.50
          5.50 EUR       | 5.50
          CHF 1'000.00   | 1000.00
          £-5            | -5
          -$5            | -5
          ($5)           | -5
          (1,250.00)     | -1250.00
          5-             | -5
          −5             | -5
          +5             | 5
          12 %           | 12
          12.5%          | 12.5
          .5             | 0.5
          5.             | 5
          007            | 7
          1.5e-3         | 1.5e-3
          0.123          | 0.123
          """)
  void read_numbersWithPoint_areInTheNotationOfJson(String written, String expected) {
    assertThat(NumberText.read(written, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0,5            | 0.5
          1.000          | 1000
          1.000,5        | 1000.5
          1.234.567,89   | 1234567.89
          1 000,5        | 1000.5
          1'000,5        | 1000.5
          12,5 %         | 12.5
          1.000,00 €     | 1000.00
          ,5             | 0.5
          -1,5           | -1.5
          1,5E3          | 1.5E3
          """)
  void read_numbersWithComma_areInTheNotationOfJson(String written, String expected) {
    assertThat(NumberText.read(written, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          abc
          12 kg
          1,23,4
          1,2345
          0,123
          1.2.3
          10:30
          2020-12-31
          --5
          (-5)
          (5
          5)
          ''
          $
          -
          1 000 00
          1,000 000
          0x1p3
          """)
  void read_otherTexts_areNoNumberWithPoint(String written) {
    assertThat(NumberText.read(written, false)).isNull();
  }

  @Test
  void read_spacesThatKeepWordsTogether_areLikeOthers() {
    assertThat(NumberText.read("1\u00a0234\u00a0567", true)).isEqualTo("1234567");
    assertThat(NumberText.read("12\u202f345,5\u00a0€", true)).isEqualTo("12345.5");
  }

  @Test
  void isPlain_numbersAsProgramsWriteThem_stayAsTheyAre() {
    assertThat(new String[] {"0", "-1", "1.5", "1e5", "1.5E-10", "007"})
        .allMatch(NumberText::isPlain);
    assertThat(new String[] {"", "-", "1.", ".5", "+1", "1,5", "1e", "NaN", "1 "})
        .noneMatch(NumberText::isPlain);
  }
}
