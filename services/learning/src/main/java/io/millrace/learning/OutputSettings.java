package io.millrace.learning;

import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.metrics.Metrics;
import io.millrace.settings.Section;
import java.util.List;

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
 * @param metrics the metrics shown besides the loss
 */
public record OutputSettings(
    String name,
    String field,
    List<String> classes,
    Loss loss,
    double lossWeight,
    List<MetricDefinition> metrics) {

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
                isClass(classes) ? "sparse_categorical_crossentropy" : "mean_squared_error"),
            classes.size());
    return new OutputSettings(
        name,
        field,
        classes,
        loss,
        section
            .decimal("loss_weight", "how much this output counts in the total loss")
            .above(0)
            .orElse(1.0),
        readMetrics(section, isClass(classes) ? "accuracy" : "mean_absolute_error"));
  }

  private static List<MetricDefinition> readMetrics(Section section, String defaultMetric) {
    List<MetricDefinition> metrics =
        section.typedList("metrics", defaultMetric, "metrics shown besides the loss").stream()
            .map(Metrics::read)
            .toList();
    if (metrics.size() != metrics.stream().map(MetricDefinition::name).distinct().count()) {
      section.report("metrics", "two have one name; allowed: names given by the option name");
    }
    return metrics;
  }

  /** Returns whether the label is a class. */
  public boolean isClassification() {
    return isClass(classes);
  }

  private static boolean isClass(List<String> classes) {
    return !classes.isEmpty();
  }
}
