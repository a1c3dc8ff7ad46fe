package io.millrace.predictor.following;

import io.millrace.learning.model.CombinedOutputs;
import io.millrace.learning.model.ExampleBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The weighted mean of the predictions of several members for the same rows (Zhou, Ensemble
 * Methods, section 4.2: simple and weighted averaging). Rows are written to the first member and
 * copied to the others before any member preprocesses its own.
 */
final class EnsembleComputation implements Computation {
  private final List<Computation> members;
  private final float[] weights;
  private final List<IntFunction<float[]>> answers = new ArrayList<>();
  private final CombinedOutputs outputs;

  private EnsembleComputation(Map<Computation, Float> shares, int[] outputWidths) {
    members = List.copyOf(shares.keySet());
    weights = new float[members.size()];
    int next = 0;
    for (float share : shares.values()) {
      weights[next++] = share;
    }
    members.forEach(member -> answers.add(member::output));
    outputs = new CombinedOutputs(outputWidths, rows().capacity());
  }

  /**
   * Returns the weighted mean of the members with a weight above 0.
   *
   * @param shares the weight of each member: 0 or more, with a sum of 1; members do not share their
   *     batches
   * @param outputWidths the width of each output, in numbers per row
   */
  static EnsembleComputation of(Map<Computation, Float> shares, int[] outputWidths) {
    Map<Computation, Float> counted = new LinkedHashMap<>(shares);
    counted.values().removeIf(share -> share == 0); // 0 times infinity or NaN is NaN
    return new EnsembleComputation(counted, outputWidths);
  }

  @Override
  public ExampleBatch rows() {
    return members.get(0).rows();
  }

  @Override
  public void run() {
    try {
      compute();
    } finally {
      members.forEach(member -> member.rows().clear());
    }
  }

  private void compute() {
    int rows = rows().size();
    for (int member = 1; member < members.size(); member++) {
      copy(rows(), members.get(member).rows(), rows);
    }
    outputs.clear(rows);
    for (int member = 0; member < members.size(); member++) {
      members.get(member).run();
      outputs.add(weights[member], answers.get(member));
    }
  }

  @Override
  public float[] output(int index) {
    return outputs.apply(index);
  }

  private static void copy(ExampleBatch from, ExampleBatch to, int rows) {
    float[][] inputs = from.inputs();
    for (int i = 0; i < inputs.length; i++) {
      System.arraycopy(inputs[i], 0, to.input(i), 0, rows * from.inputWidth(i));
    }
    for (int row = 0; row < rows; row++) {
      to.advance();
    }
  }
}
