package io.millrace.learning.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedComparisonTest {

  @Test
  void of_losses_hasTheMomentsOfTheDifferences() {
    PairedComparison pair =
        PairedComparison.of(new float[] {3, 5, 4, 9}, new float[] {1, 4, 4, 0}, 3);

    // differences 2, 1, 0
    assertThat(pair.improvement()).isEqualTo(1);
    assertThat(pair.standardError()).isCloseTo(Math.sqrt(1.0 / 3), within(1e-12));
  }

  @Test
  void isImprovement_significance_asksForMoreThanChance() {
    PairedComparison pair = new PairedComparison(1, 0.6);

    assertThat(pair.isImprovement(0, 1.64)).isTrue();
    assertThat(pair.isImprovement(0, 1.7)).isFalse();
    assertThat(pair.isImprovement(0.5, 1)).isFalse();
    assertThat(new PairedComparison(-1, 0.6).isWorse(0, 1.64)).isTrue();
    assertThat(new PairedComparison(-1, 0.7).isWorse(0, 1.64)).isFalse();
  }

  @Test
  void isImprovement_justTheBound_isNone() {
    assertThat(new PairedComparison(2, 0.5).isImprovement(1, 2)).isFalse();
    assertThat(new PairedComparison(2.25, 0.5).isImprovement(1, 2)).isTrue();
    assertThat(new PairedComparison(-2, 0.5).isWorse(1, 2)).isFalse();
    assertThat(new PairedComparison(-2.25, 0.5).isWorse(1, 2)).isTrue();
  }

  @Test
  void unmeasured_records_leanToTheWeightsThatAnswered() {
    assertThat(PairedComparison.unmeasured(1))
        .isEqualTo(new PairedComparison(Double.NEGATIVE_INFINITY, 0));
    assertThat(PairedComparison.unmeasured(-1))
        .isEqualTo(new PairedComparison(Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void of_asManyLossesThatOneAloneGives_comparesTheOthers() {
    float[] other = {Float.NaN, 1, 3};
    float[] current = {1, Float.NaN, 1};

    assertThat(PairedComparison.of(other, current, 3)).isEqualTo(new PairedComparison(2, 0));
    assertThat(PairedComparison.of(other, current, 3).isMeasured()).isTrue();
  }

  @Test
  void of_lossThatNeitherGives_isLeftOut() {
    float infinite = Float.POSITIVE_INFINITY;

    assertThat(PairedComparison.of(new float[] {infinite, 3}, new float[] {Float.NaN, 1}, 2))
        .isEqualTo(new PairedComparison(2, 0));
    assertThat(PairedComparison.of(new float[] {infinite}, new float[] {infinite}, 1).isMeasured())
        .isFalse();
  }

  @Test
  void of_lossThatOneAloneGives_isBetterWithoutBounds() {
    float[] finite = {1, 1};
    float[] broken = {Float.NaN, 0};

    assertThat(PairedComparison.of(finite, broken, 2).isWorse(1e30, 9)).isTrue();
    assertThat(PairedComparison.of(broken, finite, 2).isImprovement(1e30, 9)).isTrue();
  }
}
