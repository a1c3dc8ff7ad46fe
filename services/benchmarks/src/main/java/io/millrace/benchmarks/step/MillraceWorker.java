package io.millrace.benchmarks.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs training steps of one network, as many as standard input requests. It is the counterpart of
 * {@code pytorch_worker.py}, in its own process as in production, where one network has the
 * just-in-time compiler to itself.
 */
final class MillraceWorker {
  private MillraceWorker() {}

  /** Takes the network's name, the batch size and the number of threads. */
  public static void main(String[] arguments) throws IOException {
    TrainingSteps steps =
        new TrainingSteps(
            MeasuredNetwork.named(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
    System.out.println("ready parameters=" + steps.parameters());
    BufferedReader counts =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String count = counts.readLine(); count != null; count = counts.readLine()) {
      System.out.println(nanoseconds(steps, Integer.parseInt(count)));
    }
  }

  private static long nanoseconds(TrainingSteps steps, int count) {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      steps.step();
    }
    return System.nanoTime() - begin;
  }
}
