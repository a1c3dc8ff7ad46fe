package io.millrace.tuning.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateRangeTest {
  private final RateRange range = new RateRange(1e-5, 10, 500);

  @Test
  void factor_ofTheTextbook_isTheFiveHundredthRootOfAMillion() {
    assertThat(range.factor()).isCloseTo(1.0280163, within(1e-7));
  }

  @Test
  void rate_firstMiddleAndLastStep_growEvenly() {
    assertThat(range.rate(0)).isEqualTo(1e-5);
    assertThat(range.rate(250)).isCloseTo(0.01, within(1e-12));
    assertThat(range.rate(499)).isCloseTo(10 / 1.0280163, within(1e-5));
  }
}
