package io.millrace.learning.rivals;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.training.TrainedNetwork;
import io.millrace.learning.training.TrainingSettings;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A rival under training. It cuts a block of records into its own mini-batches and trains on them
 * exactly as it would alone. A block allocates nothing. Owned by one thread at a time, which may be
 * another one for the next block.
 */
public final class TrainedRival {
  private final TrainedNetwork network;
  private final int batchSize;
  private final ExampleBatch rows;
  private final BlockPredictions predictions;
  private final List<OutputSettings> outputs;
  private final int[] outputWidths;
  private final float[] lossPerRow;
  private boolean predictsFinitely;
  private double scoredLoss;
  private double trainedLoss;

  /**
   * @param definition the model of this rival alone
   * @param block the most records of a block
   * @param kernels of its own, on the calling thread
   */
  public TrainedRival(
      ModelDefinition definition, TrainingSettings settings, int block, Kernels kernels) {
    network = new TrainedNetwork(definition, settings, kernels);
    batchSize = settings.batchSize();
    rows =
        new ExampleBatch(
            settings.batchCapacity(), definition.inputWidths(), definition.targetWidths());
    predictions = new BlockPredictions(definition, block);
    outputs = definition.outputs();
    outputWidths = definition.outputWidths();
    lossPerRow = new float[block];
  }

  public TrainedNetwork network() {
    return network;
  }

  /** Returns the records of its mini-batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Does with a block what the pass says. The block stays as it is. */
  public void run(Pass pass, ExampleBatch block) {
    predictions.clear();
    scoredLoss = 0;
    trainedLoss = 0;
    for (int first = 0; first < block.size(); first += batchSize) {
      rows.copyRows(block, first, Math.min(batchSize, block.size() - first));
      trainedLoss += step(pass);
    }
    if (pass.scores()) {
      predictsFinitely = predictions.areFinite();
      scoredLoss = lossOf(block);
    }
  }

  /** Returns whether all losses of the last block were finite. */
  public boolean isFinite() {
    return Double.isFinite(trainedLoss) && Double.isFinite(scoredLoss);
  }

  /** Returns the sum of the losses of the last block's records; 0 if they were not scored. */
  public double scoredLoss() {
    return scoredLoss;
  }

  /** Returns the sum of the losses that training minimizes, over the last block's mini-batches. */
  public double trainedLoss() {
    return trainedLoss;
  }

  /** Returns what it predicted for the last scored block, by output: {@code [rows, width]}. */
  public IntFunction<float[]> predictions() {
    return predictions;
  }

  /** Returns whether it gave numbers for all records of the last scored block. */
  public boolean predictsFinitely() {
    return predictsFinitely;
  }

  private double step(Pass pass) {
    return switch (pass) {
      case SCORE_AND_LEARN -> network.scoreAndLearn(rows, predictions);
      case LEARN_AGAIN -> network.learnAgain(rows);
      case RELEARN -> network.relearn(rows);
      case SCORE -> {
        network.score(rows, predictions);
        yield 0;
      }
    };
  }

  private double lossOf(ExampleBatch block) {
    double sum = 0;
    for (int i = 0; i < outputs.size(); i++) { // an iterator would allocate
      OutputSettings output = outputs.get(i);
      double mean =
          output
              .loss()
              .evaluate(
                  predictions.apply(i),
                  block.target(i),
                  block.weights(),
                  block.size(),
                  outputWidths[i],
                  lossPerRow,
                  null);
      sum += output.lossWeight() * mean * block.size();
    }
    return sum;
  }
}
