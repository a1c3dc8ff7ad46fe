package io.millrace.learning;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.network.Network;
import java.util.List;
import java.util.Map;

/**
 * Scores held-out records by given weights, in a network of its own, so that judging never touches
 * what is being trained. Owned by one thread.
 */
final class Judge {
  private static final int CHUNK = 256;

  private final Network network;
  private final Preprocessing preprocessing;
  private final Rows chunk;
  private final float[] chunkLoss = new float[CHUNK];
  private final Scores scores;

  Judge(ModelDefinition definition, Kernels kernels) {
    network = Network.compile(definition.network(), List.of(), CHUNK, 0, kernels);
    preprocessing = new Preprocessing(definition.inputs());
    chunk = new Rows(CHUNK, definition.inputWidths(), definition.targetWidths());
    scores = new Scores(definition, CHUNK);
  }

  /** Returns a copy of weights of the judged model's form. */
  Weights newWeights(ModelDefinition definition) {
    return new Weights(definition, network.weights());
  }

  /**
   * Scores the records of the window from number {@code from} on.
   *
   * @param losses receives the loss of each of them, from index 0 on
   * @return loss and metrics over them, by Keras' names
   */
  Map<String, Double> score(Weights weights, RollingWindow window, long from, float[] losses) {
    weights.copyTo(network.weights(), preprocessing);
    scores.reset();
    for (long number = from; number < window.end(); number += CHUNK) {
      window.copyTo(chunk, number, (int) Math.min(CHUNK, window.end() - number));
      preprocessing.apply(chunk);
      network.forward(chunk.inputs(), chunk.size(), Mode.INFERENCE);
      scores.update(network::output, chunk, chunkLoss);
      System.arraycopy(chunkLoss, 0, losses, (int) (number - from), chunk.size());
    }
    return scores.values("val_");
  }
}
