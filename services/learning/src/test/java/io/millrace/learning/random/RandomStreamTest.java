package io.millrace.learning.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final int DRAWS = 200_000;
  private final RandomStream stream = RandomStream.of(7, 3);

  @Test
  void bits_samePosition_areTheSame() {
    assertThat(RandomStream.of(7, 3).bits(42)).isEqualTo(stream.bits(42));
  }

  @Test
  void bits_otherStreamOrSeed_differ() {
    assertThat(LongStream.of(RandomStream.of(7, 4).bits(42), RandomStream.of(8, 3).bits(42)))
        .doesNotContain(stream.bits(42));
  }

  @Test
  void uniform_manyDraws_hasTheMomentsOfTheUnitInterval() {
    double[] draws = LongStream.range(0, DRAWS).mapToDouble(stream::uniform).toArray();

    assertThat(mean(draws)).isCloseTo(0.5, within(0.005));
    assertThat(deviation(draws)).isCloseTo(Math.sqrt(1.0 / 12), within(0.005));
    assertThat(DoubleStream.of(draws)).allMatch(draw -> draw >= 0 && draw < 1);
  }

  @Test
  void normal_manyDraws_hasMeanZeroAndDeviationOne() {
    double[] draws = LongStream.range(0, DRAWS).mapToDouble(stream::normal).toArray();

    assertThat(mean(draws)).isCloseTo(0, within(0.01));
    assertThat(deviation(draws)).isCloseTo(1, within(0.01));
  }

  @Test
  void truncatedNormal_manyDraws_staysWithinTwoDeviations() {
    double[] draws = LongStream.range(0, DRAWS).mapToDouble(stream::truncatedNormal).toArray();

    assertThat(DoubleStream.of(draws)).allMatch(draw -> Math.abs(draw) <= 2);
    assertThat(deviation(draws)).isCloseTo(0.8796, within(0.01));
  }

  @Test
  void integer_manyDraws_coversTheRange() {
    assertThat(LongStream.range(0, 1000).map(i -> stream.integer(i, 5)).distinct().sorted())
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
