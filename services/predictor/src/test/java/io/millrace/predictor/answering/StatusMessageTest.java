package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMessageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape [1, 3]; expected 'a' ~ | shape [1, 3]; expected 'a' ~",
        "100 % | 100 %25",
        "grün | gr%C3%BCn",
      })
  void encoded_onlyWhatHasToBe(String message, String encoded) {
    assertThat(StatusMessage.encoded(message)).isEqualTo(encoded);
  }
}
