package io.millrace.export.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.millrace.export.ExportedModel;
import io.millrace.export.Values;
import io.millrace.learning.network.LayerDefinition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The weights of a model in HDF5, as {@code model.save()} of Keras 3 writes them: {@code
 * layers/dense_1/vars/0}. The groups are named by the layers' classes, counted in Keras' order; the
 * layers' own names are attributes of {@code vars}. A recurrent layer has weights in its cell
 * alone; its name is an attribute of its own group, which Keras passes over.
 *
 * <p>No group may be empty: jHDF 0.9.4 writes the next object over it.
 */
final class KerasWeightsFile {
  private static final Pattern WORD_BEGIN = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern WORD_END = Pattern.compile("([a-z])([A-Z])");

  private static final String NAME = "name";

  private KerasWeightsFile() {}

  /**
   * Writes a file.
   *
   * @param layers in Keras' order
   */
  static void write(Path file, ExportedModel model, List<KerasNode> layers) {
    try (WritableHdfFile target = HdfFile.write(file)) {
      WritableGroup all = target.putGroup("layers");
      Map<String, Integer> counts = new HashMap<>();
      for (KerasNode node : layers) {
        String kind = snakeCase(node.kind());
        int count = counts.merge(kind, 1, Integer::sum);
        String group = count == 1 ? kind : kind + "_" + (count - 1);
        node.layer()
            .filter(layer -> !layer.weights().isEmpty())
            .ifPresent(layer -> write(all.putGroup(group), model, layer));
      }
    }
  }

  private static void write(WritableGroup group, ExportedModel model, LayerDefinition layer) {
    List<Values> values = List.copyOf(model.weights(layer).values());
    switch (layer.type()) {
      case "lstm", "gru" -> {
        group.putAttribute(NAME, layer.name());
        putCell(group, layer.type(), values);
      }
      case "bidirectional" -> {
        group.putAttribute(NAME, layer.name());
        int half = values.size() / 2;
        String kind = layer.weights().get(0).name().contains("lstm") ? "lstm" : "gru";
        putDirection(group, "forward", kind, values.subList(0, half));
        putDirection(group, "backward", kind, values.subList(half, values.size()));
      }
      default -> put(vars(group, layer.name()), values);
    }
  }

  private static void putDirection(
      WritableGroup group, String direction, String kind, List<Values> values) {
    putCell(group.putGroup(direction + "_layer"), kind, values);
  }

  private static void putCell(WritableGroup layer, String kind, List<Values> values) {
    put(vars(layer.putGroup("cell"), kind + "_cell"), values);
  }

  private static WritableGroup vars(WritableGroup group, String name) {
    WritableGroup vars = group.putGroup("vars");
    vars.putAttribute(NAME, name);
    return vars;
  }

  private static void put(WritableGroup vars, List<Values> values) {
    for (int i = 0; i < values.size(); i++) {
      vars.putDataset(String.valueOf(i), values.get(i).nested());
    }
  }

  /** Returns a class's name as Keras names groups: Conv2D is conv2d. */
  static String snakeCase(String kind) {
    String separated = WORD_BEGIN.matcher(kind).replaceAll("$1_$2");
    return WORD_END.matcher(separated).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
