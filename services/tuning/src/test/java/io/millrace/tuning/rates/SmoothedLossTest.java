package io.millrace.tuning.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmoothedLossTest {

  @Test
  void add_losses_averagesThemWithoutTheBiasOfTheStart() {
    // Given
    SmoothedLoss smooth = new SmoothedLoss(0.9);

    // When, then: 0.1/0.1, (0.09 + 0.2)/0.19, 0.261/0.271
    assertThat(smooth.add(1)).isCloseTo(1, within(1e-12));
    assertThat(smooth.add(2)).isCloseTo(1.526315789, within(1e-9));
    assertThat(smooth.add(0)).isCloseTo(0.963099631, within(1e-9));
  }

  @Test
  void add_keptNothing_isTheLoss() {
    SmoothedLoss smooth = new SmoothedLoss(0);
    assertThat(smooth.add(3)).isEqualTo(3);
    assertThat(smooth.add(7)).isEqualTo(7);
  }

  @Test
  void kept_fiveHundredSteps_remembersTwenty() {
    assertThat(RangeTest.kept(500)).isEqualTo(0.95);
    assertThat(RangeTest.kept(25)).isZero();
  }
}
