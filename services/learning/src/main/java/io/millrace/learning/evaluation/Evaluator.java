package io.millrace.learning.evaluation;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.ModelNetworks;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.NetworkWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Scores held-out records with given weights. It has its own network, so an evaluation never
 * affects training. Owned by one thread.
 */
public final class Evaluator {
  private static final int CHUNK = 256;
  private static final String PREFIX = "val_";

  private final ModelNetworks networks;
  private final Preprocessing preprocessing;
  private final ExampleBatch chunk;
  private final float[] chunkLoss = new float[CHUNK];
  private final Scores scores;
  private final WindowBaselines baselines;
  private final int[] outputWidths;
  private int answered;

  public Evaluator(ModelDefinition definition, Kernels kernels) {
    networks = new ModelNetworks(definition, CHUNK, kernels);
    preprocessing = new Preprocessing(definition);
    chunk = new ExampleBatch(CHUNK, definition.inputWidths(), definition.targetWidths());
    scores = new Scores(definition, CHUNK);
    baselines = new WindowBaselines(definition, CHUNK, preprocessing);
    outputWidths = definition.outputWidths();
  }

  /**
   * Returns the names of all values of {@link #score} for a model, those of the baselines included.
   */
  public static List<String> names(ModelDefinition definition) {
    return Stream.concat(
            Scores.names(definition).stream(), WindowBaselines.names(definition).stream())
        .map(name -> PREFIX + name)
        .toList();
  }

  /**
   * Scores the records of the window from number {@code from} on.
   *
   * @param losses receives the loss of each record, from index 0 on
   * @return loss and metrics over them, by Keras' names, and the baselines' scores
   */
  public Map<String, Double> score(
      Weights weights, RollingWindow window, long from, float[] losses) {
    networks.load(weights);
    weights.members().get(weights.leader()).copyTo(preprocessing);
    scores.reset();
    baselines.begin(window, from);
    answered = 0;
    for (long number = from; number < window.end(); number += CHUNK) {
      window.copyTo(chunk, number, (int) Math.min(CHUNK, window.end() - number));
      int rows = chunk.size();
      scoreChunk();
      baselines.update(networks, chunk);
      System.arraycopy(chunkLoss, 0, losses, (int) (number - from), rows);
      chunk.clear();
    }
    Map<String, Double> values = scores.values(PREFIX);
    baselines.values(PREFIX, values);
    return values;
  }

  /**
   * Returns for how many of the window's records, from number {@code from} on, the weights give a
   * finite prediction.
   */
  public int answered(Weights weights, RollingWindow window, long from) {
    networks.load(weights);
    answered = 0;
    for (long number = from; number < window.end(); number += CHUNK) {
      window.copyTo(chunk, number, (int) Math.min(CHUNK, window.end() - number));
      answerChunk();
      chunk.clear();
    }
    return answered;
  }

  /**
   * Computes what the weights answer to all records of the window.
   *
   * @param each receives the answers to each few of them, which are valid during the call
   */
  public void predict(
      Weights weights, RollingWindow window, BiConsumer<IntFunction<float[]>, ExampleBatch> each) {
    networks.load(weights);
    for (long number = window.oldest(); number < window.end(); number += CHUNK) {
      window.copyTo(chunk, number, (int) Math.min(CHUNK, window.end() - number));
      answerChunk();
      each.accept(networks, chunk);
      chunk.clear();
    }
  }

  /**
   * Returns the weights of the network with the largest share in what was last scored or predicted.
   */
  public NetworkWeights weights() {
    return networks.leader();
  }

  /** Returns the weights beside the baselines, by output, as last scored by {@link #score}. */
  public List<BaselineComparison> comparisons() {
    return baselines.comparisons(PREFIX);
  }

  /** Returns how many of the records last scored by {@link #score} got a finite prediction. */
  public int answered() {
    return answered;
  }

  private boolean isAnswered(int row) {
    for (int output = 0; output < outputWidths.length; output++) {
      float[] values = networks.apply(output);
      int width = outputWidths[output];
      for (int i = row * width; i < (row + 1) * width; i++) {
        if (!Float.isFinite(values[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Scores the weights of the last {@link #score} on each slice of the window.
   *
   * @return loss and metrics by Keras' names with the label of the slice: {@code
   *     val_loss[carrier=AA]}
   */
  public Map<String, Double> scoreSlices(RollingWindow window, Slices slices) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int slice = 0; slice < slices.count(); slice++) {
      for (int number = 0; number < slices.numbers(slice); number++) {
        String label = slices.label(slice, number);
        if (scoreSlice(window, slice, number)) {
          scores.values(PREFIX).forEach((name, value) -> values.put(name + label, value));
        }
      }
    }
    return values;
  }

  /** Returns whether the slice has any record. */
  private boolean scoreSlice(RollingWindow window, int slice, int number) {
    scores.reset();
    boolean any = false;
    chunk.clear();
    for (long record = window.oldest(); record < window.end(); record++) {
      if (window.isInSlice(record, slice, number)) {
        any = true;
        window.copyRow(record, chunk, chunk.size());
        chunk.advance();
        if (chunk.isFull()) {
          scoreChunk();
          chunk.clear();
        }
      }
    }
    if (chunk.size() > 0) {
      scoreChunk();
      chunk.clear();
    }
    return any;
  }

  private void answerChunk() {
    networks.run(chunk);
    for (int row = 0; row < chunk.size(); row++) {
      answered += isAnswered(row) ? 1 : 0;
    }
  }

  private void scoreChunk() {
    answerChunk();
    scores.update(networks, chunk, chunkLoss);
  }
}
