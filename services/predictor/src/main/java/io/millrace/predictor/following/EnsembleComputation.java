package io.millrace.predictor.following;

import io.millrace.learning.Rows;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted mean of what several members predict for the same rows (Zhou, Ensemble Methods,
 * section 4.2: simple and weighted averaging). Rows are written to the first member and copied to
 * the others before any of them preprocesses its own.
 */
final class EnsembleComputation implements Computation {
  private final List<Computation> members;
  private final float[] weights;
  private final int[] outputWidths;
  private final float[][] outputs;

  /**
   * @param weights of the members; they sum to 1
   * @param outputWidths how many numbers each of the members' outputs has a row
   */
  EnsembleComputation(List<Computation> members, float[] weights, int[] outputWidths) {
    this.members = List.copyOf(members);
    this.weights = weights.clone();
    this.outputWidths = outputWidths.clone();
    int capacity = rows().capacity();
    this.outputs =
        Arrays.stream(outputWidths)
            .mapToObj(width -> new float[capacity * width])
            .toArray(float[][]::new);
  }

  @Override
  public Rows rows() {
    return members.get(0).rows();
  }

  @Override
  public void run() {
    int rows = rows().size();
    for (int member = 1; member < members.size(); member++) {
      copy(rows(), members.get(member).rows(), rows);
    }
    for (float[] output : outputs) {
      Arrays.fill(output, 0);
    }
    for (int member = 0; member < members.size(); member++) {
      members.get(member).run();
      add(member, rows);
    }
  }

  @Override
  public float[] output(int index) {
    return outputs[index];
  }

  private static void copy(Rows from, Rows to, int rows) {
    float[][] inputs = from.inputs();
    for (int i = 0; i < inputs.length; i++) {
      System.arraycopy(inputs[i], 0, to.input(i), 0, rows * from.inputWidth(i));
    }
    for (int row = 0; row < rows; row++) {
      to.advance();
    }
  }

  private void add(int member, int rows) {
    float weight = weights[member];
    for (int i = 0; i < outputs.length; i++) {
      float[] sum = outputs[i];
      float[] values = members.get(member).output(i);
      for (int at = 0; at < rows * outputWidths[i]; at++) {
        sum[at] += weight * values[at];
      }
    }
  }
}
