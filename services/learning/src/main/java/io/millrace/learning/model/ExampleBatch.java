package io.millrace.learning.model;

import io.millrace.learning.state.State;
import java.util.Arrays;

/**
 * A bounded batch of examples, one array per column: {@code [capacity, width]} for each input and
 * for each output's target, and one weight per row. A batch that only keeps records has {@link
 * ModelDefinition#labelWidths} for widths of targets; other targets are computed when they are
 * needed.
 *
 * <p>A decoder writes into row {@link #size()}. The row joins the batch with {@link #advance};
 * otherwise the next one overwrites it. A record is thus decoded without a copy, and a rejected one
 * leaves nothing behind. Owned by one thread.
 */
public final class ExampleBatch {
  private final int capacity;
  private final int[] inputWidths;
  private final int[] targetWidths;
  private final float[][] inputs;
  private final float[][] targets;
  private final float[] weights;
  private int size;

  public ExampleBatch(int capacity, int[] inputWidths, int[] targetWidths) {
    this.capacity = capacity;
    this.inputWidths = inputWidths.clone();
    this.targetWidths = targetWidths.clone();
    this.inputs = columns(capacity, inputWidths);
    this.targets = columns(capacity, targetWidths);
    this.weights = new float[capacity];
    Arrays.fill(weights, 1);
  }

  public int capacity() {
    return capacity;
  }

  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** Returns the values of an input, row-major: {@code [capacity, inputWidth]}. */
  public float[] input(int index) {
    return inputs[index];
  }

  /** Returns all inputs, in the order of the model's definition. */
  public float[][] inputs() {
    return inputs;
  }

  /** Returns the targets of an output, row-major: {@code [capacity, targetWidth]}. */
  public float[] target(int index) {
    return targets[index];
  }

  /** Returns all targets, in the order of the model's definition. */
  public float[][] targets() {
    return targets;
  }

  /** Returns the weight of each row in the loss: {@code [capacity]}. */
  public float[] weights() {
    return weights;
  }

  public int inputWidth(int index) {
    return inputWidths[index];
  }

  public int targetWidth(int index) {
    return targetWidths[index];
  }

  public int[] inputWidths() {
    return inputWidths;
  }

  public int[] targetWidths() {
    return targetWidths;
  }

  /**
   * Adds the row that was written at {@link #size()}.
   *
   * @throws IllegalStateException if the batch is full
   */
  public void advance() {
    if (isFull()) {
      throw new IllegalStateException("all " + capacity + " rows are taken");
    }
    size++;
  }

  public void clear() {
    size = 0;
  }

  /**
   * Copies a row of another batch over row {@code to}; the size stays. Targets that either batch
   * does not keep, with a width of 0, stay as they are.
   */
  public void copyRow(ExampleBatch source, int from, int to) {
    for (int i = 0; i < inputs.length; i++) {
      copy(source.inputs[i], from, inputs[i], to, inputWidths[i]);
    }
    for (int i = 0; i < targets.length; i++) {
      if (source.targetWidths[i] == targetWidths[i]) {
        copy(source.targets[i], from, targets[i], to, targetWidths[i]);
      }
    }
    weights[to] = source.weights[from];
  }

  /**
   * Replaces the rows by some of another batch of the same widths.
   *
   * @param first the number of the first row to copy
   */
  public void copyRows(ExampleBatch source, int first, int count) {
    for (int i = 0; i < inputs.length; i++) {
      int width = inputWidths[i];
      System.arraycopy(source.inputs[i], first * width, inputs[i], 0, count * width);
    }
    for (int i = 0; i < targets.length; i++) {
      int width = targetWidths[i];
      System.arraycopy(source.targets[i], first * width, targets[i], 0, count * width);
    }
    System.arraycopy(source.weights, first, weights, 0, count);
    size = count;
  }

  public void save(State state) {
    state.put("weights", Arrays.copyOf(weights, size));
    for (int i = 0; i < inputs.length; i++) {
      state.put("input_" + i, Arrays.copyOf(inputs[i], size * inputWidths[i]));
    }
    for (int i = 0; i < targets.length; i++) {
      state.put("target_" + i, Arrays.copyOf(targets[i], size * targetWidths[i]));
    }
  }

  /** Returns the saved rows as a full batch. */
  public static ExampleBatch restored(State state, int[] inputWidths, int[] targetWidths) {
    float[] weights = state.floats("weights");
    ExampleBatch rows = new ExampleBatch(weights.length, inputWidths, targetWidths);
    System.arraycopy(weights, 0, rows.weights, 0, weights.length);
    for (int i = 0; i < inputWidths.length; i++) {
      state.read("input_" + i, rows.inputs[i]);
    }
    for (int i = 0; i < targetWidths.length; i++) {
      state.read("target_" + i, rows.targets[i]);
    }
    rows.size = weights.length;
    return rows;
  }

  /** Sets the number of rows; the caller has written them. */
  public void resize(int rows) {
    size = rows;
  }

  private static void copy(float[] source, int from, float[] target, int to, int width) {
    System.arraycopy(source, from * width, target, to * width, width);
  }

  private static float[][] columns(int rows, int[] widths) {
    return Arrays.stream(widths).mapToObj(width -> new float[rows * width]).toArray(float[][]::new);
  }
}
