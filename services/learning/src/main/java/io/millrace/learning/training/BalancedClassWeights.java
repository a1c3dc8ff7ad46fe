package io.millrace.learning.training;

import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The weights of classes for {@code class_weight: balanced}. With n records so far, n_c of them of
 * class c, and k classes among them, a record of class c counts n / (k n_c), as in scikit-learn. So
 * all classes count alike, and a record counts 1 on average. Allocates nothing but its constructor.
 * Owned by one thread.
 */
final class BalancedClassWeights {
  private final int[] outputs;
  private final OutputShape[] shapes;
  private final long[][] counts;
  private final float[][] weights;

  BalancedClassWeights(ModelDefinition definition) {
    int[] widths = definition.outputWidths();
    int[] targetWidths = definition.targetWidths();
    outputs =
        IntStream.range(0, widths.length)
            .filter(i -> definition.outputs().get(i).lossDefinition().isBalanced())
            .toArray();
    shapes = new OutputShape[outputs.length];
    counts = new long[outputs.length][];
    weights = new float[outputs.length][];
    for (int i = 0; i < outputs.length; i++) {
      OutputSettings output = definition.outputs().get(outputs[i]);
      shapes[i] = new OutputShape(widths[outputs[i]], targetWidths[outputs[i]]);
      counts[i] = new long[output.classes().size()];
      weights[i] = new float[output.classes().size()];
    }
    forget();
  }

  /** Returns the loss of an output in training, whose weights follow what is learned here. */
  Loss weighted(int output, Loss loss) {
    int balanced = Arrays.binarySearch(outputs, output);
    return balanced < 0 ? loss : Losses.weighted(loss, weights[balanced]);
  }

  /** Counts the classes of a mini-batch, before it is learned. Rows of weight 0 do not count. */
  void learn(ExampleBatch batch) {
    for (int i = 0; i < outputs.length; i++) {
      float[] targets = batch.target(outputs[i]);
      for (int row = 0; row < batch.size(); row++) {
        if (batch.weights()[row] != 0) {
          counts[i][shapes[i].actualClass(targets, row)]++;
        }
      }
      refresh(counts[i], weights[i]);
    }
  }

  /** Begins anew. */
  void forget() {
    for (int i = 0; i < outputs.length; i++) {
      Arrays.fill(counts[i], 0);
      Arrays.fill(weights[i], 1);
    }
  }

  /** Takes over the counts of the same outputs. */
  void copyFrom(BalancedClassWeights other) {
    for (int i = 0; i < outputs.length; i++) {
      System.arraycopy(other.counts[i], 0, counts[i], 0, counts[i].length);
      refresh(counts[i], weights[i]);
    }
  }

  void save(State state) {
    for (int i = 0; i < outputs.length; i++) {
      state.put("output_" + outputs[i], counts[i]);
    }
  }

  void restore(State state) {
    for (int i = 0; i < outputs.length; i++) {
      if (state.has("output_" + outputs[i])) {
        state.read("output_" + outputs[i], counts[i]);
        refresh(counts[i], weights[i]);
      }
    }
  }

  private static void refresh(long[] counts, float[] weights) {
    long records = 0;
    int classes = 0;
    for (long count : counts) {
      records += count;
      classes += count > 0 ? 1 : 0;
    }
    for (int i = 0; i < counts.length; i++) {
      weights[i] = counts[i] == 0 ? 1 : (float) ((double) records / classes / counts[i]);
    }
  }
}
