package io.millrace.learning.evaluation;

import io.millrace.learning.metrics.Metric;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.OutputSettings;

/** Loss and metrics of one output over any number of batches. Owned by one thread. */
final class OutputScores {
  private final OutputSettings settings;
  private final int width;
  private final Metric[] metrics;
  private double lossSum;
  private long rows;

  OutputScores(OutputSettings settings, OutputShape shape) {
    this.settings = settings;
    this.width = shape.width();
    this.metrics =
        settings.metrics().stream()
            .map(definition -> definition.create(shape))
            .toArray(Metric[]::new);
  }

  /**
   * Adds a batch.
   *
   * @param lossPerRow receives the weighted loss of every row
   */
  void update(float[] predictions, float[] targets, ExampleBatch batch, float[] lossPerRow) {
    double mean =
        settings
            .loss()
            .evaluate(predictions, targets, batch.weights(), batch.size(), width, lossPerRow, null);
    lossSum += mean * batch.size();
    rows += batch.size();
    for (Metric metric : metrics) {
      metric.update(predictions, targets, null, batch.size());
    }
  }

  double lossWeight() {
    return settings.lossWeight();
  }

  double loss() {
    return lossSum / rows;
  }

  /** Writes the metrics from index {@code from} on and returns the index after them. */
  int metrics(double[] target, int from) {
    int next = from;
    for (Metric metric : metrics) {
      target[next++] = metric.value();
    }
    return next;
  }

  void reset() {
    lossSum = 0;
    rows = 0;
    for (Metric metric : metrics) {
      metric.reset();
    }
  }
}
