package io.millrace.tuning.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tuning.rates.RangeCurve.End;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangeCurveTest {
  private static final RateRange RANGE = new RateRange(1e-4, 1, 8); // two steps a decade

  @Test
  void suggestion_lossThatRises_isATenthOfTheRateAtItsLowest() {
    RangeCurve curve = curve(End.ROSE, 3, 3, 2.5, 1.5, 1, 2, 8);

    assertThat(curve.turn()).isEqualTo(4);
    assertThat(curve.suggestion()).hasValue(0.001); // a tenth of 0.01
    assertThat(curve.obstacle()).isEmpty();
  }

  @Test
  void suggestion_rateWithManyDigits_hasTwo() {
    RangeCurve curve = curve(End.ROSE, 3, 3, 2.5, 1, 2, 8);

    assertThat(curve.suggestion()).hasValue(0.00032); // a tenth of 0.00316
  }

  @Test
  void suggestion_negativeLoss_isFoundAlike() {
    assertThat(curve(End.LAST_STEP, 0, 0, -0.1, -0.5, -0.9, -0.2, 0.1, 0.2).suggestion())
        .hasValue(0.001);
  }

  @Test
  void obstacle_lossThatStillFalls_asksForAHigherRate() {
    RangeCurve curve = curve(End.LAST_STEP, 3, 3, 3, 2.9, 2.8, 2.7, 2.5, 2);

    assertThat(curve.suggestion()).isEmpty();
    assertThat(curve.obstacle().orElseThrow()).contains("give a higher --to-rate");
  }

  @Test
  void obstacle_lossThatRisesAtOnce_asksForALowerRate() {
    assertThat(curve(End.ROSE, 3, 2, 4, 9).obstacle().orElseThrow())
        .contains("give a lower --from-rate");
  }

  @Test
  void obstacle_lossThatDoesNotFall_saysThatNothingWasLearned() {
    assertThat(curve(End.ROSE, 3, 3, 3, 3, 2.99, 4, 13).obstacle().orElseThrow())
        .contains("did not fall at any rate");
  }

  @Test
  void obstacle_firstLossNotFinite_namesTheRecords() {
    assertThat(curve(End.NOT_FINITE, Double.NaN).obstacle().orElseThrow())
        .contains("not finite at the first step");
  }

  private static RangeCurve curve(End end, double... smoothed) {
    double[] rates = IntStream.range(0, smoothed.length).mapToDouble(RANGE::rate).toArray();
    return new RangeCurve(RANGE, rates, Arrays.copyOf(smoothed, smoothed.length), smoothed, end);
  }
}
