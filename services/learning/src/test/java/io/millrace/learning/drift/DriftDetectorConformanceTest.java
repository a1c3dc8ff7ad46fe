package io.millrace.learning.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every drift detector, however it decides. */
class DriftDetectorConformanceTest {
  private static final int LENGTH = 3000;
  private static final int DRIFT = 2000;

  static List<String> names() {
    return DriftDetectors.names();
  }

  /** The detectors with settings that raise no false alarm in a short stream. */
  static Stream<Map<String, Object>> calm() {
    return Stream.of(
        Map.of("type", "adwin"),
        Map.of("type", "page_hinkley", "delta", 0.02),
        Map.of("type", "ddm", "warm_start", 500, "drift_threshold", 5),
        Map.of("type", "kswin", "alpha", 1e-4));
  }

  @ParameterizedTest
  @MethodSource("calm")
  void update_errorsRise_isNoticedOnceAndDated(Map<String, Object> settings) {
    DriftDetector detector = read(settings);

    long dated = -1;
    for (int i = 0; i < LENGTH && dated < 0; i++) {
      boolean drift = detector.update(errors(i, 0.05, 0.6));
      assertThat(drift && i < DRIFT).as("false alarm at %d", i).isFalse();
      dated = drift ? i + 1 - detector.valuesSinceDrift() : -1;
    }

    assertThat(dated).isBetween(DRIFT - 120L, DRIFT + 120L);
  }

  @ParameterizedTest
  @MethodSource("names")
  void reset_afterValues_forgetsThem(String name) {
    DriftDetector used = read(name);
    for (int i = 0; i < 500; i++) {
      used.update(errors(i, 0.1, 0.1));
    }

    used.reset();

    assertThat(saved(used)).isEqualTo(saved(read(name)));
  }

  @Property(tries = 40)
  void restore_anywhere_goesOnBitByBit(@ForAll @IntRange(max = LENGTH - 1) int cut) {
    for (String name : names()) {
      DriftDetector uninterrupted = read(name);
      DriftDetector resumed = read(name);
      for (int i = 0; i < LENGTH; i++) {
        if (i == cut) {
          State state = new State();
          resumed.save(state);
          resumed = read(name);
          resumed.restore(State.of(state.entries()));
        }
        double value = errors(i, 0.2, 0.5);
        assertThat(resumed.update(value)).as(name).isEqualTo(uninterrupted.update(value));
        assertThat(resumed.valuesSinceDrift()).isEqualTo(uninterrupted.valuesSinceDrift());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void evidence_atEachValue_reachesTheThresholdWhereThereIsADrift(String name) {
    // Given: decisions at each value, and in both directions
    Map<String, Object> settings =
        name.equals("adwin")
            ? Map.of("type", name, "clock", 1, "rises_only", false)
            : Map.of("type", name);
    DriftDetector detector = read(settings);
    DriftDetector unasked = read(settings);

    int drifts = 0;
    for (int i = 0; i < LENGTH; i++) {
      int at = i;
      double value = errors(i, 0.05, 0.6);
      boolean drift = detector.update(value);
      Optional<Evidence> evidence = detector.evidence();

      evidence.ifPresent(
          seen ->
              assertThat(seen.statistic() - seen.threshold())
                  .as("at %d", at)
                  .matches(above -> drift ? above >= 0 : above <= 0));
      assertThat(drift && evidence.isEmpty()).isFalse();
      assertThat(unasked.update(value)).isEqualTo(drift);
      drifts += drift ? 1 : 0;
    }
    assertThat(drifts).isPositive();
    assertThat(saved(detector)).isEqualTo(saved(unasked));
  }

  private static Map<String, String> saved(DriftDetector detector) {
    State state = new State();
    detector.save(state);
    Map<String, String> texts = new TreeMap<>();
    state
        .entries()
        .forEach(
            (name, value) ->
                texts.put(
                    name,
                    value instanceof double[] array ? Arrays.toString(array) : value.toString()));
    return texts;
  }

  /** Returns 1 if prediction number {@code i} is wrong, at a rate that rises at the drift. */
  private static double errors(int i, double before, double after) {
    return RandomStream.of(9, 0).uniform(i) < (i < DRIFT ? before : after) ? 1 : 0;
  }

  private static DriftDetector read(String name) {
    return read(Map.of("type", name));
  }

  private static DriftDetector read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    DriftDetector detector = DriftDetectors.read(section);
    section.finish();
    return detector;
  }
}
