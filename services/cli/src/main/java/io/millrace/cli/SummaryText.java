package io.millrace.cli;

import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.network.InputDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network as a table of its layers, as Keras' {@code model.summary()} shows it. */
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
