package io.millrace.predictor.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
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

  @Test
  void encoded_longText_isCutBetweenCharactersWellBelowWhatClientsTake() {
    String encoded = StatusMessage.encoded("ü€𝄞".repeat(2000));

    assertThat(encoded.length()).isBetween(4000, 4096);
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
  }
}
