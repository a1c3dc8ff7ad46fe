package io.millrace.learning.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ProbabilityTest {
  private static final float[] ODD = {
    0f, -0f, 1f, 0.5f, 1e-8f, 1e-6f, -3f, 2f, Float.MIN_VALUE, Float.MAX_VALUE
  };

  @Test
  void sumOfClipped_numbersInsideAndOutsideOfTheBounds_sumOfEachClipped() {
    double expected = 0;
    for (float probability : ODD) {
      expected += Probability.clipped(probability);
    }

    assertThat(Probability.sumOfClipped(ODD, 0, ODD.length)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void sumOfClipped_notFinite_isNotANumber() {
    int aNegativeOne = Float.floatToRawIntBits(Float.NaN) | Integer.MIN_VALUE;

    for (float missing :
        new float[] {Float.NaN, Float.intBitsToFloat(aNegativeOne), Float.POSITIVE_INFINITY}) {
      assertThat(Probability.sumOfClipped(new float[] {0.5f, missing, 0.5f}, 0, 3)).isNaN();
    }
  }

  @Test
  void sumOfClipped_partOfARow_thatPartOnly() {
    assertThat(Probability.sumOfClipped(new float[] {0.5f, 0.25f, 0.5f}, 1, 1)).isEqualTo(0.25);
  }
}
