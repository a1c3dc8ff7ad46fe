package io.millrace.learning.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateScheduleTest {

  static List<String> names() {
    return LearningRateSchedules.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void rate_warmUp_risesInAStraightLineToTheBeginningOfTheSchedule(String name) {
    LearningRateSchedule plain = schedule(name, Map.of());
    LearningRateSchedule warmedUp = schedule(name, Map.of("warmup_steps", 4));

    assertThat(warmedUp.rate(0)).isZero();
    assertThat(warmedUp.rate(1)).isCloseTo(plain.rate(0) / 4, within(1e-12));
    assertThat(warmedUp.rate(4)).isEqualTo(plain.rate(0));
    assertThat(warmedUp.rate(9)).isEqualTo(plain.rate(5));
  }

  @ParameterizedTest
  @MethodSource("names")
  void rate_farFuture_isFiniteAndNotNegative(String name) {
    assertThat(schedule(name, Map.of()).rate(1_000_000)).isFinite().isNotNegative();
  }

  @Test
  void rate_cosineWithTarget_warmsUpAsInKeras() {
    LearningRateSchedule schedule =
        schedule("cosine_decay", Map.of("warmup_target", 0.3, "warmup_steps", 2, "alpha", 0.5));

    assertThat(schedule.rate(0)).isEqualTo(0.1);
    assertThat(schedule.rate(1)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.rate(2)).isEqualTo(0.3);
    assertThat(schedule.rate(2 + 10)).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void read_boundariesThatDoNotFit_isAProblem() {
    Section section =
        Section.root(
            Map.of(
                "learning_rate",
                Map.of(
                    "schedule",
                    "piecewise_constant_decay",
                    "boundaries",
                    List.of(5, 3),
                    "values",
                    List.of(1, 2, 3))));
    LearningRateSchedules.read(section, 0.1);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining("learning_rate.boundaries");
  }

  private static LearningRateSchedule schedule(String name, Map<String, Object> further) {
    Map<String, Object> settings = new HashMap<>(further);
    settings.put("schedule", name);
    switch (name) {
      case "piecewise_constant_decay" -> {
        settings.put("boundaries", List.of(3));
        settings.put("values", List.of(0.1, 0.05));
      }
      case "cosine_decay_restarts" -> settings.put("first_decay_steps", 10);
      case "exponential_decay", "inverse_time_decay" -> settings.put("decay_rate", 0.5);
      default -> {}
    }
    if (!name.startsWith("piecewise")) {
      settings.put("initial_learning_rate", 0.1);
    }
    if (!name.equals("constant") && !settings.containsKey("boundaries") && !name.endsWith("arts")) {
      settings.put("decay_steps", 10);
    }
    Section section = Section.root(Map.of("learning_rate", settings));
    LearningRateSchedule schedule = LearningRateSchedules.read(section, 0.001);
    section.finish();
    return schedule;
  }
}
