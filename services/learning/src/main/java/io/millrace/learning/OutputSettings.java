package io.millrace.learning;

import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.metrics.Metrics;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;

/**
 * One output of the network, the field of the record that holds its label, and what it is judged
 * by.
 *
 * @param name the output's name, which is that of its layer
 * @param field the record's field with the label
 * @param classes the names of the classes, in the order of the network's probabilities; empty where
 *     the label is a number
 * @param loss what training minimizes
 * @param lossWeight how much this output counts in the total loss
 * @param metrics Keras' names of the metrics shown besides the loss
 */
public record OutputSettings(
    String name,
    String field,
    List<String> classes,
    Loss loss,
    double lossWeight,
    List<String> metrics) {

  static OutputSettings read(String name, Section section) {
    String field = section.text("field", "the record's field with the label").orElse(name);
    List<String> classes =
        section
            .texts("classes", "the names of the classes; without them the label is a number")
            .check("each once", names -> names.size() == names.stream().distinct().count())
            .orElse(List.of());
    Loss loss =
        Losses.read(
            section.typed(
                "loss",
                isClass(classes) ? "sparse_categorical_crossentropy" : "mean_squared_error"));
    return new OutputSettings(
        name,
        field,
        classes,
        loss,
        section
            .decimal("loss_weight", "how much this output counts in the total loss")
            .above(0)
            .orElse(1.0),
        section
            .texts("metrics", "metrics shown besides the loss")
            .check("of " + String.join(", ", Metrics.names()), Metrics.names()::containsAll)
            .orElse(List.of(isClass(classes) ? "accuracy" : "mean_absolute_error")));
  }

  /** Returns whether the label is a class. */
  public boolean isClassification() {
    return isClass(classes);
  }

  MetricDefinition metric(String metricName) {
    return Metrics.read(Section.root(Map.of("type", metricName)));
  }

  private static boolean isClass(List<String> classes) {
    return !classes.isEmpty();
  }
}
