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
    int width = shape.width();
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      float least = Float.POSITIVE_INFINITY;
      int largest = row * width;
      for (int i = row * width; i < (row + 1) * width; i++) {
        sum += predictions[i];
        least = Math.min(least, predictions[i]);
        largest = predictions[i] > predictions[largest] ? i : largest;
      }
      if (Double.isFinite(sum)) { // and so is each of them
        areProbabilities = areProbabilities && isDistribution(least, predictions[largest], sum);
        int answer = shape.isSingle() ? yesOrNo(predictions[row]) : largest - row * width;
        double probability = answer == 0 && shape.isSingle() ? 1 - sum : predictions[largest];
        add(answer, probability, shape.actualClass(targets, row));
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

  private void add(int answer, double probability, int actual) {
    if (confusion.length > 0) {
      confusion[actual][answer]++;
    }
    if (areProbabilities) {
      int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(probability * BINS) - 1));
      records[bin]++;
      confidence[bin] += probability;
      right[bin] += answer == actual ? 1 : 0;
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

  /** Returns the class of a single prediction, as serving answers it. */
  private int yesOrNo(float prediction) {
    return prediction > settings.loss().boundary() ? 1 : 0;
  }

  private boolean isDistribution(float least, float largest, double sum) {
    return least >= 0
        && largest <= 1 + ROUNDING
        && (shape.isSingle() || Math.abs(sum - 1) < ROUNDING);
  }
}
