package io.millrace.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> NAMES =
      List.of("batch_size", "optimizer", "produce", "predict", "topic", "topics");

  @ParameterizedTest
  @CsvSource({
    "batchsize, batch_size",
    "Batch-Size, batch_size",
    "bacth_size, batch_size",
    "optimiser, optimizer",
    "prodcue, produce",
    "predit, predict",
    "topicc, topic"
  })
  void nearest_nameWithAMistake_isTheNameMeant(String written, String meant) {
    assertThat(Spelling.nearest(written, NAMES)).contains(meant);
    assertThat(Spelling.suggestion(written, NAMES)).isEqualTo("did you mean " + meant + "? ");
  }

  @ParameterizedTest
  @CsvSource({"momentum", "p", "size", "''"})
  void nearest_anotherName_isNone(String written) {
    assertThat(Spelling.nearest(written, NAMES)).isEmpty();
    assertThat(Spelling.suggestion(written, NAMES)).isEmpty();
  }

  @Test
  void nearest_severalAreNear_isTheNearest() {
    assertThat(Spelling.nearest("topics", NAMES)).contains("topics");
  }
}
