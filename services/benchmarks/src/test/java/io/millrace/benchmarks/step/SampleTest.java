package io.millrace.benchmarks.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SampleTest {

  @Test
  void median_evenNumberOfRounds_isBetweenTheMiddleTwo() {
    Sample sample = new Sample(4, 1, 100, 2);

    assertThat(sample.median()).isEqualTo(3);
    assertThat(sample.range()).isEqualTo("1.0..100.0");
  }
}
