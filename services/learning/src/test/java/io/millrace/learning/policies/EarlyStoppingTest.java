package io.millrace.learning.policies;

import static io.millrace.learning.policies.EarlyStopping.Advice.CONTINUE;
import static io.millrace.learning.policies.EarlyStopping.Advice.IMPROVED;
import static io.millrace.learning.policies.EarlyStopping.Advice.STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

class EarlyStoppingTest {

  @Test
  void read_nothing_isPairedAndPatient() {
    EarlyStoppingSettings settings = read(Map.of());

    assertThat(settings.monitor()).isEqualTo("val_loss");
    assertThat(settings.direction()).isEqualTo(Direction.MIN);
    assertThat(settings.comparison()).isEqualTo(Comparison.PAIRED);
    assertThat(settings.patience()).isEqualTo(20);
    assertThat(settings.significance()).isEqualTo(1);
    assertThat(settings.minDelta()).isZero();
    assertThat(settings.restoreBestWeights()).isTrue();
  }

  @Test
  void read_recorded_hasTheDefaultsOfKeras() {
    EarlyStoppingSettings settings = read(Map.of("comparison", "recorded"));

    assertThat(settings.patience()).isZero();
    assertThat(settings.minDelta()).isZero();
    assertThat(settings.restoreBestWeights()).isFalse();
    assertThat(settings.startFromEvaluation()).isZero();
    assertThat(settings.baseline()).isEmpty();
  }

  @Test
  void read_autoMode_looksAtTheMetric() {
    assertThat(read(Map.of("monitor", "val_accuracy")).direction()).isEqualTo(Direction.MAX);
    assertThat(read(Map.of("monitor", "val_letter_roc_auc")).direction()).isEqualTo(Direction.MAX);
    assertThat(read(Map.of("monitor", "val_letter_loss")).direction()).isEqualTo(Direction.MIN);
    assertThat(read(Map.of("monitor", "val_age_mae")).direction()).isEqualTo(Direction.MIN);
    assertThat(read(Map.of("monitor", "val_accuracy", "mode", "min")).direction())
        .isEqualTo(Direction.MIN);
  }

  @Test
  void read_autoModeOfUnknownName_isAProblem() {
    Section section = Section.root(Map.of("monitor", "val_recall_of_c"));
    EarlyStoppingSettings.read(section);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining("mode")
        .withMessageContaining("val_recall_of_c");
  }

  /** Traces of Keras 3.15.1: patience, min_delta, baseline, start, values, and where it stops. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, , 0, 1 .9 .95 .8, 2",
    "2, 0, , 0, 1 .9 .9 .9 .8, 3",
    "2, .1, , 0, 1 .95 .91 .89, 2",
    "2, 0, .5, 0, .9 .4 .6 .6 .6, 3",
    "2, 0, , 3, .1 .1 .1 .9 .95 .96, 5",
    "2, 0, , 0, NaN NaN NaN, 1",
  })
  void after_values_stopsWhereKerasDoes(
      int patience, double minDelta, Double baseline, int start, String values, int stopped) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("patience", patience);
    settings.put("min_delta", minDelta);
    settings.put("start_from_evaluation", start);
    settings.put("baseline", baseline);
    EarlyStopping policy = recorded(settings);

    int last = -1;
    EarlyStopping.Advice advice = CONTINUE;
    for (String value : values.split(" ", -1)) {
      if (advice != STOP) {
        advice = policy.after(Double.parseDouble(value), null);
        last++;
      }
    }

    assertThat(advice).isEqualTo(STOP);
    assertThat(last).isEqualTo(stopped);
  }

  @Test
  void after_valueThatIsNotFinite_isNeverAnImprovement() {
    EarlyStopping policy = recorded(Map.of("patience", 5));

    assertThat(policy.after(Double.NaN, null)).isEqualTo(CONTINUE);
    assertThat(policy.hasBest()).isFalse();
    assertThat(policy.after(Double.NEGATIVE_INFINITY, null)).isEqualTo(CONTINUE);
    assertThat(policy.after(1, null)).isEqualTo(IMPROVED);
    assertThat(policy.best()).isEqualTo(1);
  }

  /** Keras' trace of a missing metric: 1, -, -, 1, 1 waits 0, 0, 0, 1, 2. */
  @Test
  void passOver_missingMetric_doesNotWait() {
    EarlyStopping policy = recorded(Map.of("patience", 2));

    assertThat(policy.after(1, null)).isEqualTo(IMPROVED);
    policy.passOver();
    policy.passOver();
    assertThat(policy.after(1, null)).isEqualTo(CONTINUE);
    assertThat(policy.after(1, null)).isEqualTo(STOP);
  }

  @Test
  void after_improvement_isTheBestWithItsNumber() {
    EarlyStopping policy = recorded(Map.of("patience", 9));
    assertThat(policy.hasBest()).isFalse();
    assertThat(policy.bestEvaluation()).isEqualTo(-1);

    policy.after(3, null);
    policy.after(4, null);
    policy.after(2, null);

    assertThat(policy.hasBest()).isTrue();
    assertThat(policy.bestEvaluation()).isEqualTo(2);
    assertThat(policy.best()).isEqualTo(2);
  }

  @Test
  void reset_afterARound_isAsNew() {
    EarlyStopping policy = recorded(Map.of("patience", 2, "start_from_evaluation", 1));
    policy.after(1, null);
    policy.after(1, null);
    policy.after(2, null);

    policy.reset();

    State state = new State();
    policy.save(state);
    State anew = new State();
    recorded(Map.of()).save(anew);
    assertThat(state.entries()).isEqualTo(anew.entries());
  }

  @Test
  void read_highestIsBest_stopsWhereNothingRises() {
    EarlyStopping policy =
        recorded(Map.of("monitor", "val_accuracy", "patience", 1, "min_delta", 0.1));

    assertThat(policy.after(0.5, null)).isEqualTo(IMPROVED);
    assertThat(policy.after(0.75, null)).isEqualTo(IMPROVED);
    assertThat(policy.after(0.8, null)).isEqualTo(STOP);
  }

  @ParameterizedTest
  @CsvSource({
    "patience, -1",
    "min_delta, -0.1",
    "significance, -1",
    "start_from_evaluation, -1",
    "mode, up",
    "comparison, none"
  })
  void read_valueThatIsNotAllowed_isAProblemByName(String key, String value) {
    Section section = Section.root(Map.of(key, value));
    EarlyStoppingSettings.read(section);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining(key);
  }

  @Test
  void after_pair_decidesWhateverTheNumbersSay() {
    EarlyStopping policy = new EarlyStopping(read(Map.of("patience", 2)));
    policy.after(0.5, null);

    // a worse number, but better than the best weights on the same records
    assertThat(policy.after(0.7, new PairedComparison(0.1, 0.05))).isEqualTo(IMPROVED);
    assertThat(policy.after(0.3, new PairedComparison(0.04, 0.05))).isEqualTo(CONTINUE);
    assertThat(policy.after(0.3, new PairedComparison(-0.1, 0.05))).isEqualTo(STOP);
  }

  @Property(tries = 200)
  void after_restoredAnywhere_goesOnAsBefore(
      @ForAll @Size(min = 2, max = 30) double[] values, @ForAll @IntRange(max = 30) int cut) {
    EarlyStopping uninterrupted = recorded(Map.of("patience", 3));
    EarlyStopping resumed = recorded(Map.of("patience", 3));

    for (int i = 0; i < values.length; i++) {
      if (i == cut % values.length) {
        State state = new State();
        resumed.save(state);
        resumed = recorded(Map.of("patience", 3));
        resumed.restore(State.of(state.entries()));
      }
      assertThat(resumed.after(values[i], null)).isEqualTo(uninterrupted.after(values[i], null));
      assertThat(resumed.bestEvaluation()).isEqualTo(uninterrupted.bestEvaluation());
    }
  }

  private static EarlyStopping recorded(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("comparison", "recorded");
    return new EarlyStopping(read(all));
  }

  private static EarlyStoppingSettings read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    EarlyStoppingSettings read = EarlyStoppingSettings.read(section);
    section.finish();
    return read;
  }
}
