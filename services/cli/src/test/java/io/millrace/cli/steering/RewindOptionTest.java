package io.millrace.cli.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.control.v1.Retrain;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewindOptionTest {

  @Test
  void parse_everyStart_isTheMessageOfIt() {
    assertThat(start("earliest").hasRewindToEarliest()).isTrue();
    assertThat(start("drift-start").hasRewindToDriftStart()).isTrue();
    assertThat(start("1970-01-01T00:00:01.5Z").getRewindToMillis()).isEqualTo(1500);
    assertThat(start("0:1200,1:950").getRewindToOffsets().getOffsetsMap())
        .isEqualTo(Map.of(0, 1200L, 1, 950L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "12", "0:", "0:1,", "2026-11-21", "0:99999999999999999999"})
  void parse_anythingElse_isNone(String text) {
    assertThat(RewindOption.parse(text)).isEmpty();
  }

  private static Retrain start(String text) {
    return RewindOption.parse(text).orElseThrow().build();
  }
}
