package io.millrace.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointSettingsTest {

  @Test
  void read_nothing_givesDefaults() {
    assertThat(read(Map.of()))
        .isEqualTo(new CheckpointSettings("letters.checkpoints", Duration.ofSeconds(1), 3));
  }

  @Test
  void read_everyOption_isTaken() {
    assertThat(
            read(Map.of("topic", "models", "interval", "5m", "retain", 1, "keep", List.of(3, 12))))
        .isEqualTo(new CheckpointSettings("models", Duration.ofMinutes(5), 1, Set.of(3L, 12L)));
  }

  @Test
  void read_nonsense_namesEveryProblem() {
    assertThatThrownBy(
            () -> read(Map.of("topic", "a b", "interval", "1ms", "retain", 0, "keep", 0)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("topic: is a b; allowed: text, a topic's name")
        .hasMessageContaining(
            "interval: is 1ms; allowed: time such as 500ms, 10s, 5m, at least 10ms")
        .hasMessageContaining("retain: is 0; allowed: whole number, at least 1")
        .hasMessageContaining("keep: is 0; allowed: list of whole numbers, none below 1");
  }

  @Test
  void topics_ofATopic_areItAndItsManifest() {
    assertThat(read(Map.of()).topics())
        .isEqualTo(new CheckpointTopics("letters.checkpoints", "letters.checkpoints.manifest"));
  }

  private static CheckpointSettings read(Map<String, Object> options) {
    Section section = Section.root(options);
    CheckpointSettings settings = CheckpointSettings.read(section, "letters");
    section.finish();
    return settings;
  }
}
