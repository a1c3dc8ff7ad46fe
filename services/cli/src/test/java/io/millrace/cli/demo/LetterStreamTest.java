package io.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LetterStreamTest {

  @Test
  void records_passes_repeatTheRows() {
    LetterStream stream = new LetterStream(3, -1);

    assertThat(stream.records()).isEqualTo(60_000);
    assertThat(stream.cells(40_001)).isEqualTo(stream.cells(1));
    assertThat(stream.rowOf(40_001)).isEqualTo(1);
  }

  @Test
  void cells_drift_permutesHalfTheLettersAndNothingElse() {
    // Given
    LetterStream stream = new LetterStream(2, 20_000);

    // Then
    int changed = 0;
    for (int row = 0; row < stream.rows(); row++) {
      String before = stream.cells(row).get(0);
      String after = stream.cells(20_000 + row).get(0);
      assertThat(stream.label(row, 20_000)).isEqualTo(after);
      assertThat(after.equals(before)).isEqualTo(before.charAt(0) > 'M');
      assertThat(after.charAt(0) <= 'M').isEqualTo(before.charAt(0) <= 'M');
      assertThat(stream.cells(20_000 + row).subList(1, 17))
          .isEqualTo(stream.cells(row).subList(1, 17));
      changed += after.equals(before) ? 0 : 1;
    }
    assertThat(changed).isBetween(9_000, 11_000);
  }
}
