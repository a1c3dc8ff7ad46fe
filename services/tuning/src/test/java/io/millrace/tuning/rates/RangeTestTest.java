package io.millrace.tuning.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.runtime.SettingsFile;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.RecordsForTests;
import io.millrace.tuning.rates.RangeCurve.End;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangeTestTest {
  private static final String OPTIMIZER = "{type: adam, learning_rate: 0.01}";

  @Test
  void run_modelThatCanLearn_fallsThenRises() {
    RangeCurve curve = run(OPTIMIZER, 1e-5, 1000);

    assertThat(curve.end()).isNotEqualTo(End.LAST_STEP);
    assertThat(curve.smoothed()[curve.turn()]).isLessThan(curve.smoothed()[0] / 2);
    assertThat(curve.suggestion().orElseThrow()).isBetween(1e-3, 1.0);
    assertThat(curve.rates()[7]).isEqualTo(curve.range().rate(7));
  }

  @Test
  void run_settingsWithAScheduleFromZero_learnsAtTheRatesOfTheTest() {
    RangeCurve plain = run(OPTIMIZER, 1e-5, 10);
    RangeCurve scheduled =
        run("{type: adam, learning_rate: {schedule: constant, warmup_steps: 1000}}", 1e-5, 10);

    assertThat(scheduled.losses()).isEqualTo(plain.losses());
  }

  @Test
  void run_steepDescent_endsWhereTheLossIsNotFinite() {
    RangeCurve curve = run("{type: sgd}", 1e30, 1e38);

    assertThat(curve.end()).isNotEqualTo(End.LAST_STEP);
    assertThat(curve.steps()).isLessThan(20);
    assertThat(curve.suggestion()).isEmpty();
  }

  @Test
  void run_twice_seesTheSame() {
    assertThat(run(OPTIMIZER, 1e-5, 10).losses()).isEqualTo(run(OPTIMIZER, 1e-5, 10).losses());
  }

  @Test
  void run_accumulatedGradients_takesThatManyMiniBatchesAStep() {
    // Given: one step of three mini-batches that the network has not learned from yet
    RangeCurve one = run(OPTIMIZER, 1e-12, 1e-11);
    RangeCurve three = run(OPTIMIZER + ", gradient_accumulation_steps: 3", 1e-12, 1e-11);

    // Then: the loss of a step is the mean of its mini-batches
    double[] losses = one.losses();
    assertThat((float) three.losses()[0])
        .isCloseTo((float) ((losses[0] + losses[1] + losses[2]) / 3), within(1e-4f));
  }

  /** Learns 100 records, mini-batches of 8: they are begun again within a mini-batch. */
  private static RangeCurve run(String optimizer, double from, double to) {
    TrainerSettings settings =
        SettingsFile.parse(
                Path.of("model.yaml"),
                RecordsForTests.MODEL.replace(OPTIMIZER, optimizer),
                Map.of())
            .read(TrainerSettings::read);
    return RangeTest.run(
        new RateRange(from, to, 200),
        RecordsForTests.records(100),
        settings.definition(),
        settings.learner());
  }
}
