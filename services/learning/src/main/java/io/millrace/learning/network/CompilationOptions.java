package io.millrace.learning.network;

import io.millrace.learning.kernels.Kernels;
import java.util.List;

/**
 * The options of a network's compilation.
 *
 * @param losses the losses that training minimizes; empty for a network that only predicts
 * @param batchCapacity the most examples of a batch
 * @param kernels the kernels that it runs on
 * @param seed of the initial weights and of the random numbers drawn in training
 * @param withInputGradients whether the backward pass continues to the inputs
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
