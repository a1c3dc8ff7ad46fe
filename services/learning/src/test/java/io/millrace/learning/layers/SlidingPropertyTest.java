package io.millrace.learning.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.kernels.WindowAxis;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SlidingPropertyTest {

  @Property(tries = 300)
  void over_validPadding_everyValueIsOnTheAxisAndOnePositionMoreIsNot(
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation) {
    Assume.that(length > (size - 1) * dilation);

    WindowAxis axis = axis(length, size, stride, dilation, Padding.VALID);

    assertThat(axis.place(0, 0)).isZero();
    assertThat(axis.contains(axis.place(axis.output() - 1, size - 1))).isTrue();
    assertThat(axis.contains(axis.place(axis.output(), size - 1))).isFalse();
  }

  @Property(tries = 300)
  void over_samePadding_outputIsLengthOverStrideRoundedUp(
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation) {
    WindowAxis axis = axis(length, size, stride, dilation, Padding.SAME);

    int before = -axis.place(0, 0);
    int after = axis.place(axis.output() - 1, size - 1) - (length - 1);
    assertThat(axis.output()).isEqualTo((length + stride - 1) / stride);
    assertThat(before).isNotNegative();
    assertThat(Math.max(0, after) - before).isBetween(0, 1); // the odd zero goes to the end
  }

  @Property(tries = 300)
  void over_causalPadding_noPositionSeesWhatComesAfterIt(
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation) {
    WindowAxis axis = axis(length, size, stride, dilation, Padding.CAUSAL);

    for (int position = 0; position < axis.output(); position++) {
      assertThat(axis.place(position, size - 1)).isEqualTo(position * stride).isLessThan(length);
    }
  }

  private static WindowAxis axis(int length, int size, int stride, int dilation, Padding padding) {
    return new Sliding(List.of(size), List.of(stride), List.of(dilation), padding)
        .over(TensorShape.of(length, 1))
        .width();
  }
}
