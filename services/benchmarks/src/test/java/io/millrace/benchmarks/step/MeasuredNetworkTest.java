package io.millrace.benchmarks.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MeasuredNetworkTest {

  @Test
  void named_everyNetwork_hasBatches() {
    assertThat(MeasuredNetwork.names()).containsExactly("a", "b", "c", "d", "e", "f", "g");
    assertThat(MeasuredNetwork.names())
        .allSatisfy(name -> assertThat(MeasuredNetwork.named(name).batches()).isNotEmpty());
  }

  @Test
  void step_smallNetwork_lowersTheLoss() {
    TrainingSteps steps = new TrainingSteps(MeasuredNetwork.named("g"), 8, 1);
    double first = steps.step();

    double last = first;
    for (int i = 0; i < 1600; i++) {
      last = steps.step();
    }

    assertThat(last).isLessThan(first);
  }
}
