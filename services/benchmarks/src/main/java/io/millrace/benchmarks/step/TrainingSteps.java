package io.millrace.benchmarks.step;

import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.OutputLoss;
import io.millrace.learning.random.RandomStream;
import java.util.List;

/**
 * Training steps of one network on a few batches in memory, taken in turn: forward pass, loss,
 * backward pass, optimizer. Owned by one thread.
 */
final class TrainingSteps {
  /**
   * A small network would memorize fewer rows, since their labels are random. Gradients would then
   * vanish into subnormal numbers, which does not happen with streams of real records.
   */
  private static final int FEWEST_ROWS = 4096;

  private static final int FEWEST_BATCHES = 8;
  private static final long SEED = 1;

  private final Network network;
  private final int rows;
  private final int parameters;
  private final float[][][] examples;
  private final float[][][] targets;
  private long steps;

  TrainingSteps(MeasuredNetwork measured, int rows, int threads) {
    this.rows = rows;
    String output = measured.definition().outputs().get(0);
    network =
        Network.compile(
            measured.definition(),
            List.of(new OutputLoss(output, measured.loss(), 1)),
            rows,
            SEED,
            new HostKernels(threads));
    network.optimizeBy(measured.optimizer().create(network.weights().parameterSizes()));
    parameters = measured.definition().parameterCount();
    int inputs = rows * measured.definition().inputs().get(0).shape().size();
    int batches = Math.max(FEWEST_BATCHES, FEWEST_ROWS / rows);
    examples = new float[batches][1][];
    targets = new float[batches][1][];
    for (int i = 0; i < batches; i++) {
      RandomStream random = RandomStream.of(SEED, i);
      examples[i][0] = values(inputs, measured.tokens(), random);
      targets[i][0] = values(rows, Math.max(2, network.outputWidth(0)), random.split(1));
    }
  }

  /** Returns the number of values of all weights. */
  int parameters() {
    return parameters;
  }

  /** Runs one step and returns the loss. */
  double step() {
    int batch = (int) (steps++ % examples.length);
    network.forward(examples[batch], rows, Mode.TRAINING);
    double loss = network.backward(targets[batch], null);
    network.update();
    return loss;
  }

  /** Returns integers below {@code bound}, or normally distributed numbers if the bound is 0. */
  private static float[] values(int count, int bound, RandomStream random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = bound == 0 ? (float) random.normal(i) : random.integer(i, bound);
    }
    return values;
  }
}
