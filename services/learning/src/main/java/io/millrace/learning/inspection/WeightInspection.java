package io.millrace.learning.inspection;

import java.util.List;
import java.util.Optional;

/**
 * The values of one weight of a layer.
 *
 * @param layer the layer's name
 * @param weight the weight's name within the layer, such as {@code kernel}
 * @param shape all its dimensions
 * @param values as they are evaluated and served
 * @param gradient of the newest step, clipped where the settings clip; absent before the first step
 *     after a start, and where the weight does not learn
 */
public record WeightInspection(
    String layer,
    String weight,
    List<Integer> shape,
    Histogram values,
    Optional<Histogram> gradient) {

  public WeightInspection {
    shape = List.copyOf(shape);
  }
}
