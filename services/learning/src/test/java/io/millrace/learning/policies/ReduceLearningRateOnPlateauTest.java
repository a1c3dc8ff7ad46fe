package io.millrace.learning.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReduceLearningRateOnPlateauTest {

  @Test
  void read_nothing_isPairedWithAFloor() {
    ReduceLearningRateSettings settings = read(Map.of());

    assertThat(settings.comparison()).isEqualTo(Comparison.PAIRED);
    assertThat(settings.patience()).isEqualTo(20);
    assertThat(settings.factor()).isEqualTo(0.5);
    assertThat(settings.significance()).isZero();
    assertThat(settings.minLearningRate()).isCloseTo(0.005, within(1e-15));
  }

  @Test
  void read_recorded_hasTheDefaultsOfKeras() {
    ReduceLearningRateSettings settings = read(Map.of("comparison", "recorded"));

    assertThat(settings.patience()).isEqualTo(10);
    assertThat(settings.factor()).isEqualTo(0.1);
    assertThat(settings.minDelta()).isEqualTo(1e-4);
    assertThat(settings.minLearningRate()).isZero();
    assertThat(settings.cooldown()).isZero();
  }

  @Test
  void after_constantValues_reducesAsKerasDoes() {
    assertThat(rates(Map.of("patience", 2), 1, 1, 1, 1, 1, 1))
        .containsExactly(new double[] {.1, .1, .05, .05, .025, .025}, within(1e-15));
    assertThat(rates(Map.of("patience", 1, "cooldown", 2), 1, 1, 1, 1, 1, 1))
        .containsExactly(new double[] {.1, .05, .05, .025, .025, .0125}, within(1e-15));
  }

  @Test
  void after_rateAtTheFloor_staysThere() {
    assertThat(rates(Map.of("patience", 1, "min_lr", 0.04), 1, 1, 1, 1))
        .containsExactly(new double[] {.1, .05, .04, .04}, within(1e-15));
  }

  @Test
  void after_relativeThreshold_isAShareOfTheBest() {
    Map<String, Object> relative = Map.of("patience", 1, "min_delta", 0.1, "threshold_mode", "rel");

    // 91 is less than a tenth below 100, 89 is more
    assertThat(rates(relative, 100, 91)).containsExactly(0.1, 0.05);
    assertThat(rates(relative, 100, 89)).containsExactly(0.1, 0.1);
  }

  @Test
  void after_highestIsBest_reducesWhereNothingRises() {
    Map<String, Object> accuracy =
        Map.of("monitor", "val_accuracy", "patience", 1, "min_delta", 0.1);

    assertThat(rates(accuracy, 0.5, 0.75, 0.8)).containsExactly(0.1, 0.1, 0.05);
  }

  @Test
  void after_relativeThresholdOfAPair_isAShareOfTheBest() {
    Map<String, Object> relative = Map.of("patience", 9, "min_delta", 0.1, "threshold_mode", "rel");
    ReduceLearningRateOnPlateau policy = new ReduceLearningRateOnPlateau(read(relative));
    policy.after(-100, null, 0.1);

    policy.after(-100, new PairedComparison(9, 1), 0.1);
    assertThat(policy.hasImproved()).isFalse();
    policy.after(-100, new PairedComparison(11, 1), 0.1);
    assertThat(policy.hasImproved()).isTrue();
  }

  @Test
  void after_valueThatIsNotFinite_isNeverAnImprovement() {
    ReduceLearningRateOnPlateau policy = recorded(Map.of("patience", 9));

    policy.after(Double.NEGATIVE_INFINITY, null, 0.1);
    assertThat(policy.hasImproved()).isFalse();
    policy.after(Double.NaN, null, 0.1);
    assertThat(policy.hasImproved()).isFalse();
  }

  @Test
  void reset_afterARound_isAsNew() {
    Map<String, Object> settings = Map.of("patience", 2, "cooldown", 2);
    ReduceLearningRateOnPlateau policy = recorded(settings);
    for (double value : new double[] {1, 2, 2, 2, 2, 2, 0.5}) {
      policy.after(value, null, 0.1);
    }

    policy.reset();

    State state = new State();
    policy.save(state);
    State anew = new State();
    recorded(settings).save(anew);
    assertThat(state.entries()).isEqualTo(anew.entries());
  }

  @ParameterizedTest
  @CsvSource({
    "factor, 0",
    "factor, 1",
    "patience, -1",
    "min_delta, -0.1",
    "cooldown, -1",
    "min_lr, -0.1",
    "significance, -1",
    "threshold_mode, share"
  })
  void read_valueThatIsNotAllowed_isAProblemByName(String key, String value) {
    Section section = Section.root(Map.of(key, value));
    ReduceLearningRateSettings.read(section, 0.1);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining(key);
  }

  @Test
  void after_pair_decidesWhateverTheNumbersSay() {
    ReduceLearningRateOnPlateau policy =
        new ReduceLearningRateOnPlateau(read(Map.of("patience", 1)));
    policy.after(0.5, null, 0.1);

    assertThat(policy.after(0.7, new PairedComparison(0.01, 1), 0.1)).isEqualTo(0.1);
    assertThat(policy.hasImproved()).isTrue();
    assertThat(policy.after(0.3, new PairedComparison(-0.01, 1), 0.1)).isEqualTo(0.05);
    assertThat(policy.hasImproved()).isFalse();
  }

  @Property(tries = 200)
  void after_anyValues_neverRaisesTheRateNorFallsBelowTheFloor(
      @ForAll @Size(max = 40) double[] values, @ForAll @IntRange(max = 5) int patience) {
    double[] rates = rates(Map.of("patience", patience, "min_lr", 0.01), values);

    double last = 0.1;
    for (double rate : rates) {
      assertThat(rate).isBetween(0.01, last);
      last = rate;
    }
  }

  @Property(tries = 200)
  void after_restoredAnywhere_goesOnAsBefore(
      @ForAll @Size(min = 2, max = 30) double[] values, @ForAll @IntRange(max = 30) int cut) {
    Map<String, Object> settings = Map.of("patience", 1, "cooldown", 2);
    ReduceLearningRateOnPlateau uninterrupted = recorded(settings);
    ReduceLearningRateOnPlateau resumed = recorded(settings);
    double rate = 0.1;

    for (int i = 0; i < values.length; i++) {
      if (i == cut % values.length) {
        State state = new State();
        resumed.save(state);
        resumed = recorded(settings);
        resumed.restore(State.of(state.entries()));
      }
      double next = uninterrupted.after(values[i], null, rate);
      assertThat(resumed.after(values[i], null, rate)).isEqualTo(next);
      rate = next;
    }
  }

  private static double[] rates(Map<String, Object> settings, double... values) {
    ReduceLearningRateOnPlateau policy = recorded(settings);
    double[] rates = new double[values.length];
    double rate = 0.1;
    for (int i = 0; i < values.length; i++) {
      rate = policy.after(values[i], null, rate);
      rates[i] = rate;
    }
    return rates;
  }

  private static ReduceLearningRateOnPlateau recorded(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("comparison", "recorded");
    all.putIfAbsent("factor", 0.5);
    return new ReduceLearningRateOnPlateau(read(all));
  }

  private static ReduceLearningRateSettings read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    ReduceLearningRateSettings read = ReduceLearningRateSettings.read(section, 0.1);
    section.finish();
    return read;
  }
}
