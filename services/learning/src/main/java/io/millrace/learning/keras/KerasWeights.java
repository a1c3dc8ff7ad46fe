package io.millrace.learning.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.network.NetworkWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights from a {@code .weights.h5} file that {@code model.save_weights()} of Keras 3 wrote.
 *
 * <p>Keras names the groups of such a file by the classes of the layers and counts them: {@code
 * /layers/dense}, {@code /layers/dense_1}, {@code /layers/conv2d}, whatever the layers are called.
 * A layer's weights are the data sets {@code vars/0}, {@code vars/1}, ... in the order of Keras'
 * constructor. Those of a recurrent layer are in its group {@code cell}, and those of a
 * bidirectional one in {@code forward_layer/cell} and {@code backward_layer/cell}.
 */
public final class KerasWeights {
  private static final List<String> PARTS =
      List.of("vars", "cell/vars", "forward_layer/cell/vars", "backward_layer/cell/vars");

  private KerasWeights() {}

  /**
   * Gives the layers of a network the weights that the file has for them.
   *
   * @param layers the names of the layers to begin from the file; empty: all that it has
   * @return the names of the layers that got weights
   * @throws io.millrace.settings.InvalidSettingsException where the file cannot be read, has
   *     weights of other shapes, or none for a layer that is named
   */
  public static List<String> read(
      Path file, NetworkDefinition definition, List<String> layers, NetworkWeights weights) {
    try (HdfFile opened = new HdfFile(file)) {
      return read(opened, definition, layers, weights);
    } catch (HdfException unreadable) {
      throw UnsupportedKeras.weights(
          "is " + file.getFileName() + ", which cannot be read: " + unreadable.getMessage());
    }
  }

  private static List<String> read(
      HdfFile file, NetworkDefinition definition, List<String> wanted, NetworkWeights weights) {
    Map<String, Integer> counts = new HashMap<>();
    List<String> filled = new ArrayList<>();
    for (LayerDefinition layer : definition.layers()) {
      int count = counts.merge(layer.type(), 1, Integer::sum);
      String group = "layers/" + layer.type() + (count == 1 ? "" : "_" + (count - 1));
      List<Dataset> values = values(file, group);
      boolean isWanted = wanted.isEmpty() || wanted.contains(layer.name());
      if (isWanted && !values.isEmpty()) {
        fill(layer, group, values, weights);
        filled.add(layer.name());
      }
    }
    requireAll(wanted, filled);
    return filled;
  }

  private static void requireAll(List<String> wanted, List<String> filled) {
    if (filled.isEmpty() || !filled.containsAll(wanted)) {
      throw UnsupportedKeras.weights(
          "has weights for the layers "
              + filled
              + "; wanted: "
              + (wanted.isEmpty() ? "any" : wanted));
    }
  }

  private static void fill(
      LayerDefinition layer, String group, List<Dataset> values, NetworkWeights weights) {
    List<String> names =
        layer.weights().stream().map(weight -> layer.name() + "/" + weight.name()).toList();
    if (names.size() != values.size()) {
      throw UnsupportedKeras.weights(
          "has %d weights in %s, but layer %s has %d"
              .formatted(values.size(), group, layer.name(), names.size()));
    }
    for (int i = 0; i < names.size(); i++) {
      List<Integer> shape = Arrays.stream(values.get(i).getDimensions()).boxed().toList();
      if (!shape.equals(weights.shape(names.get(i)))) {
        throw UnsupportedKeras.weights(
            "has a weight of the shape %s in %s, but %s has %s"
                .formatted(shape, group, names.get(i), weights.shape(names.get(i))));
      }
      weights.write(names.get(i), floats(values.get(i)));
    }
  }

  /** Returns the weights of a layer's group in order; none where there is no such group. */
  private static List<Dataset> values(HdfFile file, String group) {
    List<Dataset> values = new ArrayList<>();
    for (String part : PARTS) {
      Map<String, Node> children = children(file, group + "/" + part);
      for (int i = 0; children.get(String.valueOf(i)) instanceof Dataset dataset; i++) {
        values.add(dataset);
      }
    }
    return values;
  }

  private static Map<String, Node> children(Group root, String path) {
    Map<String, Node> children = root.getChildren();
    for (String name : path.split("/")) {
      if (!(children.get(name) instanceof Group group)) {
        return Map.of();
      }
      children = group.getChildren();
    }
    return children;
  }

  private static float[] floats(Dataset dataset) {
    if (dataset.getDataFlat() instanceof float[] values) {
      return values;
    }
    throw UnsupportedKeras.weights(
        dataset.getPath() + " holds " + dataset.getJavaType() + "; allowed: float32");
  }
}
