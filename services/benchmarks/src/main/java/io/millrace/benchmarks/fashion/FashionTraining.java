package io.millrace.benchmarks.fashion;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.OutputLoss;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains a network on images in shuffled mini-batches, with Adam and a learning rate that decays to
 * zero.
 */
final class FashionTraining {
  private static final long SEED = 1;
  private static final double LEARNING_RATE = 1e-3;

  private final Images images;
  private final Network network;
  private final int batchSize;
  private final int classes;
  private final float[][] pixels;
  private final float[][] labels;
  private int epochs;

  FashionTraining(FashionNetwork trained, Images images) {
    this.images = images;
    this.batchSize = trained.batchSize();
    String output = trained.definition().outputs().get(0);
    network =
        Network.compile(
            trained.definition(),
            List.of(new OutputLoss(output, Losses.named("sparse_categorical_crossentropy"), 1)),
            batchSize,
            SEED);
    network.optimizeBy(
        optimizer(trained.epochs() * (images.count() / batchSize))
            .create(network.weights().parameterSizes()));
    classes = network.outputWidth(0);
    pixels = new float[][] {new float[batchSize * images.size()]};
    labels = new float[][] {new float[batchSize]};
  }

  /** Trains on every image once, except those that do not fill a batch. Returns the mean loss. */
  double epoch() {
    int[] order = shuffled(images.count(), RandomStream.of(SEED, epochs++));
    int batches = order.length / batchSize;
    double loss = 0;
    for (int batch = 0; batch < batches; batch++) {
      for (int row = 0; row < batchSize; row++) {
        images.copy(order[batch * batchSize + row], pixels[0], labels[0], row);
      }
      network.forward(pixels, batchSize, Mode.TRAINING);
      loss += network.backward(labels, null);
      network.update();
    }
    return loss / batches;
  }

  /** Returns the fraction of images that are classified correctly. */
  double accuracy(Images judged) {
    int right = 0;
    for (int first = 0; first < judged.count(); first += batchSize) {
      int rows = Math.min(batchSize, judged.count() - first);
      for (int row = 0; row < rows; row++) {
        judged.copy(first + row, pixels[0], labels[0], row);
      }
      network.forward(pixels, rows, Mode.INFERENCE);
      float[] probabilities = network.output(0);
      for (int row = 0; row < rows; row++) {
        right += likeliest(probabilities, row) == (int) labels[0][row] ? 1 : 0;
      }
    }
    return (double) right / judged.count();
  }

  private int likeliest(float[] probabilities, int row) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (probabilities[row * classes + i] > probabilities[row * classes + best]) {
        best = i;
      }
    }
    return best;
  }

  private static OptimizerDefinition optimizer(int steps) {
    Map<String, Object> rate =
        Map.of(
            "schedule", "cosine_decay",
            "initial_learning_rate", LEARNING_RATE,
            "decay_steps", steps);
    Section section = Section.root(Map.of("type", "adam", "learning_rate", rate));
    OptimizerDefinition optimizer = OptimizerDefinition.read(section);
    section.finish();
    return optimizer;
  }

  /** Returns a random permutation: R. Durstenfeld, "Algorithm 235", CACM 7(7), 1964. */
  private static int[] shuffled(int count, RandomStream random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int other = random.integer(i, i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    return order;
  }
}
