package io.millrace.cli;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.keras.KerasWeights;
import io.millrace.learning.layers.Regularizer;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.layers.WeightDefinition;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.network.InputDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.settings.SectionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network as a table of its layers, like Keras's {@code model.summary()}, and its training. */
final class SummaryText {
  private SummaryText() {}

  static List<String> table(NetworkDefinition network) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"LAYER (TYPE)", "OUTPUT SHAPE", "PARAMETERS", "CONNECTED TO"});
    for (InputDefinition input : network.inputs()) {
      rows.add(new String[] {input.name() + " (input)", shape(input.shape()), "0", ""});
    }
    for (LayerDefinition layer : network.layers()) {
      rows.add(row(layer));
    }
    List<String> lines = aligned(rows);
    int trained = network.trainableCount();
    lines.add("");
    lines.add("parameters: " + number(network.parameterCount()));
    lines.add("trainable: " + number(trained));
    lines.add("not trainable: " + number(network.parameterCount() - trained));
    return lines;
  }

  /** Returns what training minimizes and how, and what an imported Keras file contributes. */
  static List<String> training(ModelDefinition model, LearnerSettings learner) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"OUTPUT", "LOSS", "WEIGHT", "METRICS"});
    for (OutputSettings output : model.outputs()) {
      rows.add(row(output));
    }
    List<String> lines = aligned(rows);
    lines.add("");
    lines.add("optimizer: " + SectionText.line(learner.training().optimizer().options()));
    String scales = targetScaling(model);
    if (!scales.isEmpty()) {
      lines.add("target scaling: " + scales);
    }
    String penalties = regularization(model.network());
    lines.add("regularization: " + (penalties.isEmpty() ? "none" : penalties));
    learner
        .training()
        .initialWeights()
        .ifPresent(weights -> lines.add("initial weights: " + initial(weights, model)));
    model.compilation().remarks().forEach(remark -> lines.add("note: " + remark));
    return lines;
  }

  private static String initial(InitialWeights weights, ModelDefinition model) {
    List<String> layers =
        weights
            .file()
            .map(file -> KerasWeights.check(file, model.network(), weights.layers()))
            .orElse(weights.layers());
    String text = layers.isEmpty() ? "all layers" : String.join(", ", layers);
    return weights
        .model()
        .map(named -> "%s, of model %s, %s".formatted(text, named.name(), named.version()))
        .orElse(text);
  }

  private static String[] row(OutputSettings output) {
    return new String[] {
      output.name(),
      SectionText.line(output.lossDefinition().options()),
      SectionText.line(output.lossWeight()),
      output.metrics().stream().map(MetricDefinition::name).collect(Collectors.joining(", "))
    };
  }

  private static String targetScaling(ModelDefinition model) {
    return model.outputs().stream()
        .filter(output -> output.targetScaling() != TargetScaling.NONE)
        .map(output -> output.name() + " " + output.targetScaling().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String regularization(NetworkDefinition network) {
    List<String> penalties = new ArrayList<>();
    for (LayerDefinition layer : network.layers()) {
      for (WeightDefinition weight : layer.weights()) {
        Regularizer penalty = weight.regularizer();
        String l1 = penalty.l1() == 0 ? "" : " l1 " + penalty.l1();
        String l2 = penalty.l2() == 0 ? "" : " l2 " + penalty.l2();
        if (!penalty.isNone()) {
          penalties.add(layer.name() + "/" + weight.name() + l1 + l2);
        }
      }
    }
    return String.join(", ", penalties);
  }

  private static String[] row(LayerDefinition layer) {
    String frozen = layer.trainable() ? "" : ", frozen";
    return new String[] {
      "%s (%s%s)".formatted(layer.name(), layer.type(), frozen),
      shape(layer.outputShape()),
      number(layer.parameterCount()),
      String.join(", ", layer.inputs())
    };
  }

  private static String shape(TensorShape shape) {
    return shape.dimensions().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(rows, ", ")"));
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static List<String> aligned(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    String format = "%%-%ds  %%-%ds  %%%ds  %%s".formatted(widths[0], widths[1], widths[2]);
    return rows.stream()
        .map(row -> format.formatted((Object[]) row).stripTrailing())
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
