package io.millrace.learning.inspection;

import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the answers of one output whose label is one class. Owned by one thread. */
final class ClassAnswers {
  private static final int BINS = 10;

  /** How far a row of probabilities may be from one in single precision. */
  private static final double ROUNDING = 1e-3;

  private final OutputSettings settings;
  private final OutputShape shape;
  private final long[][] confusion;
  private final long[] records = new long[BINS];
  private final double[] confidence = new double[BINS];
  private final long[] right = new long[BINS];
  private boolean areProbabilities;

  ClassAnswers(OutputSettings settings, OutputShape shape) {
    this.settings = settings;
    this.shape = shape;
    areProbabilities = settings.loss().boundary() > 0; // 0 of logits and margins
    int classes = settings.classes().size();
    int kept = classes > Confusion.MOST_CLASSES ? 0 : classes;
    confusion = new long[kept][kept];
  }

  /** Adds a batch; predictions are {@code [rows, width]}, targets {@code [rows, targetWidth]}. */
  void add(float[] predictions, float[] targets, int rows) {
    for (int row = 0; row < rows; row++) {
      if (isFinite(predictions, row)) {
        add(predictions, row, shape.actualClass(targets, row));
      }
    }
  }

  OutputInspection inspection() {
    return new OutputInspection(
        settings.name(),
        settings.classes(),
        confusion.length == 0 ? Optional.empty() : Optional.of(new Confusion(confusion)),
        areProbabilities ? calibration() : List.of());
  }

  private void add(float[] predictions, int row, int actual) {
    int predicted = predictedClass(predictions, row);
    if (confusion.length > 0) {
      confusion[actual][predicted]++;
    }
    areProbabilities = areProbabilities && isDistribution(predictions, row);
    if (areProbabilities) {
      double probability = probability(predictions, row, predicted);
      int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(probability * BINS) - 1));
      records[bin]++;
      confidence[bin] += probability;
      right[bin] += predicted == actual ? 1 : 0;
    }
  }

  private List<CalibrationBin> calibration() {
    List<CalibrationBin> bins = new ArrayList<>(BINS);
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(
          new CalibrationBin(
              (double) bin / BINS,
              (bin + 1.0) / BINS,
              records[bin],
              confidence[bin] / records[bin],
              (double) right[bin] / records[bin]));
    }
    return bins;
  }

  private boolean isFinite(float[] predictions, int row) {
    for (int i = row * shape.width(); i < (row + 1) * shape.width(); i++) {
      if (!Float.isFinite(predictions[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns the class that serving answers. */
  private int predictedClass(float[] predictions, int row) {
    if (shape.isSingle()) {
      return predictions[row] > settings.loss().boundary() ? 1 : 0;
    }
    return shape.predictedClass(predictions, row);
  }

  private double probability(float[] predictions, int row, int predicted) {
    if (shape.isSingle()) {
      return predicted == 1 ? predictions[row] : 1.0 - predictions[row];
    }
    return predictions[row * shape.width() + predicted];
  }

  private boolean isDistribution(float[] predictions, int row) {
    double sum = 0;
    for (int i = row * shape.width(); i < (row + 1) * shape.width(); i++) {
      if (predictions[i] < 0 || predictions[i] > 1 + ROUNDING) {
        return false;
      }
      sum += predictions[i];
    }
    return shape.isSingle() || Math.abs(sum - 1) < ROUNDING;
  }
}
