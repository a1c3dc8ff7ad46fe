package io.millrace.learning.network;

import io.millrace.learning.kernels.Kernels;
import java.util.List;

/**
 * What a network is compiled for.
 *
 * @param losses what training minimizes; none for a network that only predicts
 * @param batchCapacity the most examples of a batch
 * @param kernels what it runs on
 * @param seed of the first weights and of the random numbers drawn in training
 * @param withInputGradients whether the backward pass goes on to the inputs
 */
record CompilationOptions(
    List<OutputLoss> losses,
    int batchCapacity,
    Kernels kernels,
    long seed,
    boolean withInputGradients) {

  CompilationOptions {
    losses = List.copyOf(losses);
    if (batchCapacity < 1) {
      throw new IllegalArgumentException("A batch of at most " + batchCapacity);
    }
  }

  List<String> lossOutputs() {
    return losses.stream().map(OutputLoss::output).toList();
  }
}
