package io.millrace.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LetterRecognitionTest {

  @Test
  void header_bundledData_namesTheLetterAndSixteenFeatures() {
    assertThat(LetterRecognition.header())
        .hasSize(17)
        .startsWith("letter", "x_box", "y_box")
        .endsWith("yegvx");
  }

  @Test
  void rows_bundledData_areTwentyThousandLettersInTheirOrder() {
    // When
    List<List<String>> rows = LetterRecognition.rows();

    // Then
    assertThat(rows).hasSize(20_000).allSatisfy(row -> assertThat(row).hasSize(17));
    assertThat(String.join(",", rows.get(0))).isEqualTo("T,2,8,3,5,1,8,13,0,6,6,10,8,0,8,0,8");
    assertThat(rows.stream().map(row -> row.get(0)).collect(Collectors.toSet()))
        .hasSize(26)
        .allMatch(letter -> letter.matches("[A-Z]"));
  }

  @Test
  void attribution_bundledData_liesBesideIt() {
    assertThat(LetterRecognition.class.getResource("letter-recognition.ATTRIBUTION.md"))
        .isNotNull();
  }
}
