package io.millrace.learning.losses;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A loss whose rows are weighted by their target class: its index, the largest of several targets,
 * or 0 or 1 for a single binary target. Whoever changes the weights changes the loss.
 */
final class ClassWeighted implements Loss {
  private final Loss loss;
  private final float[] weights;

  ClassWeighted(Loss loss, float[] weights) {
    this.loss = loss;
    this.weights = weights;
  }

  int classes() {
    return weights.length;
  }

  @Override
  public int targetWidth(int width) {
    return loss.targetWidth(width);
  }

  @Override
  public int leastWidth() {
    return loss.leastWidth();
  }

  @Override
  public float boundary() {
    return loss.boundary();
  }

  @Override
  public double row(
      float[] predictions, float[] targets, int row, int width, float @Nullable [] gradient) {
    float weight = weights[targetClass(targets, row, loss.targetWidth(width))];
    double value = loss.row(predictions, targets, row, width, gradient);
    if (gradient != null) {
      for (int i = row * width; i < (row + 1) * width; i++) {
        gradient[i] *= weight;
      }
    }
    return weight * value;
  }

  @Override
  public boolean readsOutputs() {
    return loss.readsOutputs();
  }

  @Override
  public Optional<Loss> overInputsOf(String activation) {
    return loss.overInputsOf(activation).map(inner -> new ClassWeighted(inner, weights));
  }

  private int targetClass(float[] targets, int row, int targetWidth) {
    if (targetWidth == 1) {
      return ClassIndex.of(targets, row, weights.length);
    }
    int from = row * targetWidth;
    int largest = from;
    for (int i = from + 1; i < from + targetWidth; i++) {
      largest = targets[i] > targets[largest] ? i : largest;
    }
    return largest - from;
  }
}
