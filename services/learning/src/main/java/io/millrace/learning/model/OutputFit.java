package io.millrace.learning.model;

import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.learning.model.OutputSettings.Label;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.settings.Section;
import java.util.List;

/**
 * Checks that a layer's output fits the label, loss and metrics: one row with a number per class,
 * or with the numbers of the label. Reports what does not fit.
 */
final class OutputFit {
  private static final List<String> UNBOUNDED = List.of("linear", "leaky_relu");

  private final Section root;
  private final OutputSettings output;
  private final LayerDefinition layer;
  private final TensorShape shape;
  private final String path;

  private OutputFit(Section root, OutputSettings output, LayerDefinition layer) {
    this.root = root;
    this.output = output;
    this.layer = layer;
    this.shape = layer.outputShape();
    this.path = "outputs." + output.name();
  }

  static void check(Section root, OutputSettings output, LayerDefinition layer) {
    new OutputFit(root, output, layer).check();
  }

  private void check() {
    if (shape.rank() != 1) {
      checkRank();
    } else if (output.label() == Label.NUMBERS ? areNumbers() : areClasses()) {
      checkActivation();
      checkBothSides();
      output.metrics().forEach(this::checkMetric);
    }
  }

  private void checkRank() {
    String wanted =
        switch (output.label()) {
          case NAME, INDEX -> "one class";
          case NAMES -> "one set of classes";
          case NUMBERS -> "one number, or one list of numbers,";
        };
    root.report(
        path,
        "needs %s a record, but layer %s gives %s; allowed: (rows, %s), as behind flatten, a global"
                .formatted(wanted, layer.name(), described(), allowedWidth())
            + " pooling, or a recurrent layer without return_sequences");
  }

  /** A list of probabilities is also a label of numbers; the index of a class is not. */
  private boolean areNumbers() {
    int width = shape.size();
    int least = output.loss().leastWidth();
    boolean fits = width >= least && (least == 1 || output.loss().targetWidth(width) == width);
    if (!fits) {
      root.report(
          path + ".loss",
          "is one of classes, but the label is numbers, and layer %s gives %s; allowed: classes, or"
                  .formatted(layer.name(), described())
              + " a loss of numbers such as mean_squared_error");
    }
    return fits;
  }

  private boolean areClasses() {
    int classes = output.classes().size();
    int width = shape.size();
    Loss loss = output.loss();
    boolean answers = output.label() != Label.NAMES && classes == 2 && width == 1;
    if (answers && loss.leastWidth() > 1) {
      root.report(
          path + ".loss",
          "needs a number for each of 2 classes, but layer %s gives %s; allowed: 2 units, or loss"
                  .formatted(layer.name(), described())
              + " binary_crossentropy for the probability of the second class");
      return false;
    }
    if (!answers && classes != width) {
      root.report(
          path + ".classes",
          "has %d names, but layer %s has %d units; make them equal"
              .formatted(classes, layer.name(), width));
      return false;
    }
    if (output.label() == Label.NAMES && width > 1 && loss.targetWidth(width) == 1) {
      root.report(
          path + ".loss",
          "is one of a single class; allowed for names: such as binary_crossentropy");
      return false;
    }
    return true;
  }

  private void checkActivation() {
    if (shape.size() == 1 && "softmax".equals(layer.options().get("activation"))) {
      root.report(
          path,
          "is the softmax of one number, which is always 1, of layer %s; allowed: sigmoid, or more"
                  .formatted(layer.name())
              + " units");
    }
  }

  /** Scaled targets lie on both sides of 0; few activations reach all of them. */
  private void checkBothSides() {
    Object activation = layer.options().get("activation");
    if (output.targetScaling() != TargetScaling.NONE
        && activation != null
        && !UNBOUNDED.contains(activation)) {
      root.report(
          path + ".target_scaling",
          "needs numbers below and above 0, but layer %s has activation %s; allowed: activation %s,"
                  .formatted(layer.name(), activation, String.join(" or ", UNBOUNDED))
              + " or target_scaling none");
    }
  }

  private void checkMetric(MetricDefinition metric) {
    int width = shape.size();
    try {
      metric.create(new OutputShape(width, output.loss().targetWidth(width)));
    } catch (IllegalArgumentException unfit) {
      root.report(
          path + ".metrics",
          "has %s, but layer %s gives %s: %s"
              .formatted(metric.name(), layer.name(), described(), unfit.getMessage()));
    }
  }

  private String allowedWidth() {
    return output.classes().isEmpty() ? "numbers" : Integer.toString(output.classes().size());
  }

  private String described() {
    return shape.rank() == 0 ? "(rows)" : "(rows, " + shape.toString().substring(1);
  }
}
