package io.millrace.learning.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.state.State;
import org.junit.jupiter.api.Test;

class TargetScaleTest {
  private static final float[] ONES = {1, 1, 1, 1};

  @Test
  void scale_twoNumbersARow_eachHasMeanZeroAndVarianceOne() {
    // Given: means 20 and -2, variances 200/3 and 8/3
    TargetScale scale = new TargetScale(TargetScaling.STANDARD, 2);
    float[] targets = {10, -4, 20, -2, 30, 0};
    scale.learn(targets, ONES, 3);

    // When
    float[] scaled = scaled(scale, targets);

    // Then
    float one = (float) (10 / Math.sqrt(200 / 3.0));
    float other = (float) (2 / Math.sqrt(8 / 3.0));
    assertThat(scaled).containsExactly(new float[] {-one, -other, 0, 0, one, other}, within(1e-6f));
    assertThat(unscaled(scale, scaled)).containsExactly(targets, within(1e-5f));
  }

  @Test
  void scale_logarithms_haveMeanZeroAndVarianceOne() {
    // Given: logarithms of 1 + target of 0, 2 and 4, whose variance is 8/3
    TargetScale scale = new TargetScale(TargetScaling.LOG, 1);
    float[] targets = {0, (float) Math.expm1(2), (float) Math.expm1(4)};
    scale.learn(targets, ONES, 3);

    // When
    float[] scaled = scaled(scale, targets);

    // Then
    float one = (float) (2 / Math.sqrt(8 / 3.0));
    assertThat(scaled).containsExactly(new float[] {-one, 0, one}, within(1e-6f));
    assertThat(unscaled(scale, scaled)).containsExactly(targets, within(1e-4f));
  }

  @Test
  void learn_moreThanItsMemory_forgetsTheOldest() {
    // Given: as many zeros as it remembers, then as many ones
    TargetScale scale = new TargetScale(TargetScaling.STANDARD, 1);
    for (int i = 0; i < 2 * TargetScale.MEMORY; i++) {
      scale.learn(new float[] {i < TargetScale.MEMORY ? 0 : 1}, ONES, 1);
    }

    // Then: the zeros weigh (1 - 1/10000)^10000, which is about 1/e
    double zeros = Math.pow(1 - 1.0 / TargetScale.MEMORY, TargetScale.MEMORY);
    assertThat(unscaled(scale, new float[] {0})[0]).isCloseTo((float) (1 - zeros), within(1e-6f));
  }

  @Test
  void learn_oneWrongTarget_noMoreThanDoublesTheVariance() {
    // Given: as many targets of mean 0 and variance 1 as it remembers
    TargetScale scale = new TargetScale(TargetScaling.STANDARD, 1);
    for (int i = 0; i < TargetScale.MEMORY; i++) {
      scale.learn(new float[] {i % 2 == 0 ? 1 : -1}, ONES, 1);
    }

    // When
    scale.learn(new float[] {1e12f}, ONES, 1);

    // Then
    float deviation = unscaled(scale, new float[] {1})[0] - unscaled(scale, new float[] {0})[0];
    assertThat(deviation).isCloseTo((float) Math.sqrt(2), within(1e-3f));
    assertThat(unscaled(scale, new float[] {0})[0]).isCloseTo(0.01f, within(1e-4f));
    assertThat(scaled(scale, new float[] {1e12f, -1e12f})).containsExactly(100, -100);
  }

  @Test
  void unscale_targetsThatWereAlwaysTheSame_isThatTarget() {
    TargetScale scale = new TargetScale(TargetScaling.STANDARD, 1);
    scale.learn(new float[] {7, 7}, ONES, 2);

    assertThat(scaled(scale, new float[] {7})).containsExactly(0);
    assertThat(unscaled(scale, new float[] {-3})).containsExactly(7);
  }

  @Test
  void learn_rowsOfWeightZero_countForNothing() {
    TargetScale scale = new TargetScale(TargetScaling.STANDARD, 1);
    scale.learn(new float[] {1, Float.NaN, 3}, new float[] {1, 0, 2}, 3);

    assertThat(scaled(scale, new float[] {1, 2, 3})).containsExactly(-1, 0, 1);
  }

  @Test
  void restore_whatWasSaved_scalesAndLearnsOnToTheSameBits() {
    // Given
    TargetScale scale = new TargetScale(TargetScaling.LOG, 1);
    scale.learn(new float[] {3, 100, 2e6f}, ONES, 3);
    State state = new State();
    scale.save(state);
    TargetScale restored = new TargetScale(TargetScaling.LOG, 1);
    TargetScale copied = new TargetScale(TargetScaling.LOG, 1);

    // When
    restored.restore(state);
    copied.copyFrom(scale);

    // Then
    for (TargetScale other : new TargetScale[] {scale, restored, copied}) {
      other.learn(new float[] {17}, ONES, 1);
    }
    assertThat(scaled(restored, new float[] {12345})).isEqualTo(scaled(scale, new float[] {12345}));
    assertThat(scaled(copied, new float[] {12345})).isEqualTo(scaled(scale, new float[] {12345}));
  }

  private static float[] scaled(TargetScale scale, float[] targets) {
    float[] scaled = new float[targets.length];
    scale.scale(targets, scaled, targets.length / width(targets));
    return scaled;
  }

  private static float[] unscaled(TargetScale scale, float[] outputs) {
    float[] predictions = new float[outputs.length];
    scale.unscale(outputs, predictions, outputs.length / width(outputs));
    return predictions;
  }

  /** Only the test of two numbers a row has six. */
  private static int width(float[] values) {
    return values.length == 6 ? 2 : 1;
  }
}
