package io.millrace.learning.model;

import io.millrace.learning.features.TermName;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.LossDefinition;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.metrics.Metrics;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * One output of the network, the record field of its label, and its loss and metrics. An output
 * that reconstructs features has no label: its targets are what the network sees of the record.
 *
 * @param name the output's name, which is that of its layer
 * @param field the record's field with the label; the output's name if there is no label
 * @param reconstructs the input whose numbers are the targets, or {@value #ALL_INPUTS} for those of
 *     all inputs; absent: the record has a label
 * @param classes the names of the classes, in the order of the network's probabilities; empty if
 *     the label is a number
 * @param label what the field holds
 * @param targetScaling how a label of numbers is scaled in training
 * @param lossDefinition the loss that training minimizes
 * @param lossWeight the weight of this output in the total loss
 * @param metrics the metrics reported besides the loss
 */
public record OutputSettings(
    String name,
    String field,
    Optional<String> reconstructs,
    List<String> classes,
    Label label,
    TargetScaling targetScaling,
    LossDefinition lossDefinition,
    double lossWeight,
    List<MetricDefinition> metrics) {

  /** Names all inputs in {@code reconstructs}, unless one input has that name. */
  static final String ALL_INPUTS = "features";

  /** What an output with a label has, and one that reconstructs has not. */
  private static final List<String> OF_LABELS =
      List.of("field", "classes", "label", "target_scaling");

  /** The kind of label that the field holds. */
  public enum Label {
    /** The name of a class. */
    NAME,

    /** The index of a class, from 0 on. */
    INDEX,

    /** The names of any number of classes. */
    NAMES,

    /** One number, or as many as the output has. */
    NUMBERS
  }

  public static OutputSettings read(String name, Section section) {
    String field = section.text("field", "the record's field with the label").orElse(name);
    List<String> classes =
        section
            .texts("classes", "the names of the classes; without them the label is a number")
            .check("each once (1 and 1.0 are one)", TermName::areDistinct)
            .orElse(List.of());
    Label label = readLabel(section, classes);
    Optional<String> reconstructs = readReconstructs(section);
    LossDefinition loss =
        LossDefinition.read(section.typed("loss", defaultLoss(label)), classes.size());
    if (loss.isBalanced() && label != Label.NAME && label != Label.INDEX) {
      section.report(
          "loss.class_weight",
          "is balanced, but the label is not one class; allowed with one class");
    }
    return new OutputSettings(
        name,
        field,
        reconstructs,
        classes,
        label,
        readTargetScaling(section, label, loss),
        loss,
        section
            .decimal("loss_weight", "how much this output counts in the total loss")
            .above(0)
            .orElse(1.0),
        readMetrics(section, defaultMetric(label)));
  }

  private static Optional<String> readReconstructs(Section section) {
    Optional<String> reconstructs =
        section
            .text(
                "reconstructs",
                "the input whose numbers are the targets, or features for all inputs; records need no"
                    + " label then")
            .optional();
    OF_LABELS.stream()
        .filter(key -> reconstructs.isPresent() && section.has(key))
        .forEach(
            key ->
                section.report(
                    key,
                    "is given beside reconstructs, which needs no label; allowed: one of both"));
    return reconstructs;
  }

  private static TargetScaling readTargetScaling(
      Section section, Label label, LossDefinition loss) {
    TargetScaling scaling =
        section
            .choice(
                "target_scaling",
                TargetScaling.class,
                "how a label of numbers is scaled in training; predictions and scores stay in its own"
                    + " units")
            .orElse(TargetScaling.NONE);
    if (scaling != TargetScaling.NONE && label != Label.NUMBERS) {
      section.report("target_scaling", "is given, but the label is a class; allowed: none");
    } else if (scaling != TargetScaling.NONE && !loss.loss().isOfDifferences()) {
      section.report(
          "target_scaling",
          "is given, but the loss needs targets as they are; allowed: none, or a loss of the"
              + " difference, such as mean_squared_error or mean_absolute_error");
    }
    return scaling;
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

  /** Returns the loss that training minimizes. */
  public Loss loss() {
    return lossDefinition.loss();
  }

  /** Returns whether records have a label for this output. */
  public boolean isLabelled() {
    return reconstructs.isEmpty();
  }

  /** Returns whether the label is one class. */
  public boolean isClassification() {
    return label == Label.NAME || label == Label.INDEX;
  }

  private static Label readLabel(Section section, List<String> classes) {
    Label label =
        section
            .choice(
                "label",
                Label.class,
                "what the field holds: a class by name or index, names of classes, or numbers")
            .orElse(classes.isEmpty() ? Label.NUMBERS : Label.NAME);
    if ((label == Label.NUMBERS) != classes.isEmpty()) {
      section.report("label", "does not go with the classes given; numbers have none, others need");
    }
    return label;
  }

  private static String defaultLoss(Label label) {
    return switch (label) {
      case NAME, INDEX -> "sparse_categorical_crossentropy";
      case NAMES -> "binary_crossentropy";
      case NUMBERS -> "mean_squared_error";
    };
  }

  private static String defaultMetric(Label label) {
    return switch (label) {
      case NAME, INDEX -> "accuracy";
      case NAMES -> "binary_accuracy";
      case NUMBERS -> "mean_absolute_error";
    };
  }
}
