package io.millrace.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ThroughputTest {

  @Test
  void toString_measured_namesEveryShare() {
    Throughput throughput = new Throughput(3000, 2, 1, new int[] {10, 0, 0, 70, 20, 0, 0});

    assertThat(throughput)
        .hasToString(
            "records_per_second=1500 polling=10.0% decoding=0.0% features=0.0% step=70.0%"
                + " evaluation=20.0% checkpoint=0.0% other=0.0%");
  }
}
