package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.features.TimeForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2020-12-31                     | 2020-12-31
          2020/12/31                     | 2020-12-31
          2020.12.31                     | 2020-12-31
          31.12.2020                     | 2020-12-31
          1.2.2020                       | 2020-02-01
          31.12.20                       | 2020-12-31
          31.12.69                       | 1969-12-31
          31/12/2020                     | 2020-12-31
          31-12-2020                     | 2020-12-31
          31-Dec-2020                    | 2020-12-31
          31 Dec 2020                    | 2020-12-31
          16. Jun 2020                   | 2020-06-16
          3. März 2021                   | 2021-03-03
          31 décembre 2020               | 2020-12-31
          5 de mayo de 2020              | 2020-05-05
          Dec 31, 2020                   | 2020-12-31
          December 31 2020               | 2020-12-31
          Sept 1st, 2020                 | 2020-09-01
          Thu, 31 Dec 2020 10:30:00 GMT  | 2020-12-31T10:30:00Z
          Thursday, December 31, 2020    | 2020-12-31
          2020-12-31 10:30               | 2020-12-31T10:30:00
          2020-12-31T10:30:15.250+0100   | 2020-12-31T10:30:15.250+01:00
          2020-12-31T10:30:15Z           | 2020-12-31T10:30:15Z
          2020-12-31 10:30:15 -05:00     | 2020-12-31T10:30:15-05:00
          31/12/2020 5:30 PM             | 2020-12-31T17:30:00
          31/12/2020 12:05 am            | 2020-12-31T00:05:00
          31/Dec/2020:10:00:00 +0000     | 2020-12-31T10:00:00+00:00
          """)
  void read_datesOfAllForms_areInIso8601(String written, String expected) {
    assertThat(DateText.read(written, true)).isEqualTo(expected);
  }

  @Test
  void read_numbersOfDayAndMonth_areInTheAskedOrder() {
    assertThat(DateText.read("1/2/2020", true)).isEqualTo("2020-02-01");
    assertThat(DateText.read("1/2/2020", false)).isEqualTo("2020-01-02");
    assertThat(DateText.read("12/31/2020", true)).isNull();
    assertThat(DateText.read("31/12/2020", false)).isNull();
    assertThat(DateText.read("1.2.2020", false)).isEqualTo("2020-02-01");
    assertThat(DateText.read("12.31.2020", true)).isEqualTo("2020-12-31");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30.2.2020
          2020-13-01
          1.2.3
          10:30
          12345678
          May flowers
          5 apples 2020
          31/12-2020
          31/12/2020 25:00
          31/12/2020 13:00 PM
          Dec 2020
          """)
  void read_otherTexts_areNoDate(String written) {
    assertThat(DateText.read(written, true)).isNull();
  }

  @Test
  void read_whatItReturns_isATimeToTheModel() {
    TimeForm times = new TimeForm(TimeForm.Unit.MILLISECONDS, false);
    List<String> refused = new ArrayList<>();
    for (String written :
        List.of(
            "31.12.2020",
            "31/12/2020 5:30 PM",
            "2020-12-31T10:30:15.250+0100",
            "Thu, 31 Dec 2020 10:30:00 GMT")) {
      String iso = String.valueOf(DateText.read(written, true));
      if (times.text(iso, new float[2], 0) != null) {
        refused.add(iso);
      }
    }
    assertThat(refused).isEmpty();
  }
}
