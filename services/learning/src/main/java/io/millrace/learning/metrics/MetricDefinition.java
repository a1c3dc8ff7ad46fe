package io.millrace.learning.metrics;

import java.util.function.Function;

/**
 * The settings of a metric.
 *
 * @param name Keras' name or the one that was given, by which policies monitor it
 * @param factory makes the metric for the rows of an output
 */
public record MetricDefinition(String name, Function<OutputShape, Metric> factory) {

  /**
   * Returns a metric without rows.
   *
   * @throws IllegalArgumentException where outputs of that shape have no such metric
   */
  public Metric create(OutputShape shape) {
    return factory.apply(shape);
  }
}
