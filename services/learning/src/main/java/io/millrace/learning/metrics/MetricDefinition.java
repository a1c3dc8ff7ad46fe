package io.millrace.learning.metrics;

import java.util.function.Function;

/**
 * The settings of a metric.
 *
 * @param name Keras' name or the configured one; policies monitor the metric by it
 * @param factory makes the metric for the rows of an output
 */
public record MetricDefinition(String name, Function<OutputShape, Metric> factory) {

  /**
   * Returns a metric without rows.
   *
   * @throws IllegalArgumentException if the metric does not fit outputs of that shape
   */
  public Metric create(OutputShape shape) {
    return factory.apply(shape);
  }
}
