package io.millrace.benchmarks.step;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Short rounds in which workers take turns, so that other load on the machine affects all of them
 * alike.
 *
 * @param count the number of measured rounds
 * @param microseconds the length of a round
 */
record Rounds(int count, double microseconds) {
  private static final int WARM_UP_ROUNDS = 16;

  /** Returns one sample per worker. */
  List<Sample> of(List<Worker> workers) throws IOException {
    int[] steps = workers.stream().mapToInt(worker -> 1).toArray();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (int i = 0; i < steps.length; i++) {
        double time = workers.get(i).microseconds(steps[i]);
        steps[i] = (int) Math.max(1, microseconds / time);
      }
    }
    double[][] times = new double[workers.size()][count];
    for (int round = 0; round < count; round++) {
      for (int i = 0; i < steps.length; i++) {
        times[i][round] = workers.get(i).microseconds(steps[i]);
      }
    }
    return Stream.of(times).map(Sample::new).toList();
  }
}
