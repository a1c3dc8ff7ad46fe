package io.millrace.learning.champion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateSettingsTest {

  @Test
  void read_nothing_hasTheDefaults() {
    assertThat(GateSettings.read(Section.root(Map.of())))
        .isEqualTo(new GateSettings(32, 50, 0, 1.64, 1.64, 0, 3, 1000));
  }

  @Test
  void read_leastOfEach_isAllowed() {
    Section section =
        Section.root(
            Map.of(
                "min_trained", 1,
                "min_records", 2,
                "promote", Map.of("min_delta", 0, "significance", 0),
                "veto", Map.of("significance", 0),
                "rollback", Map.of("min_delta", 0, "significance", 0, "window", 2)));

    GateSettings settings = GateSettings.read(section);

    section.finish();
    assertThat(settings).isEqualTo(new GateSettings(1, 2, 0, 0, 0, 0, 0, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "promote, min_delta, -1",
    "promote, significance, -1",
    "veto, significance, -1",
    "rollback, min_delta, -1",
    "rollback, significance, -1",
    "rollback, window, 1"
  })
  void read_lessThanTheLeast_isAProblemByName(String section, String key, int value) {
    assertRefused(Map.of(section, Map.of(key, value)), section + "." + key);
  }

  @Test
  void read_fewerThanTwoRecords_isAProblem() {
    assertRefused(Map.of("min_records", 1), "min_records");
    assertRefused(Map.of("min_trained", 0), "min_trained");
  }

  private static void assertRefused(Map<String, Object> document, String path) {
    Section section = Section.root(document);
    GateSettings.read(section);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining(path);
  }
}
