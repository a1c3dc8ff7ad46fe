package io.millrace.learning.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import io.millrace.learning.layers.WeightDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.network.NetworkWeights;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Weights from a file written by {@code model.save_weights()} or {@code model.save()} of Keras 3 or
 * 2.
 *
 * <p>If the file's layers have the network's names, they are matched by name; otherwise the layers
 * of each class are matched in order, as in Keras. In both cases, every layer with weights must be
 * in both the file and the network, unless the wanted layers are named.
 */
public final class KerasWeights {
  private final SavedWeights saved;
  private final List<LayerDefinition> layers;
  private final List<String> wanted;

  private KerasWeights(SavedWeights saved, NetworkDefinition definition, List<String> wanted) {
    this.saved = saved;
    this.layers = definition.layers().stream().filter(layer -> !layer.weights().isEmpty()).toList();
    this.wanted = wanted;
  }

  /**
   * Loads the weights of a network's layers from a file.
   *
   * @param layers the names of the layers to load; empty: all
   * @return the names of the loaded layers
   * @throws io.millrace.settings.InvalidSettingsException if the file cannot be read, lacks weights
   *     of these layers, or has them in other shapes
   */
  public static List<String> read(
      Path file, NetworkDefinition definition, List<String> layers, NetworkWeights weights) {
    return taken(
        file,
        definition,
        layers,
        matched -> matched.forEach((layer, values) -> fill(layer, values, weights)));
  }

  /**
   * Returns the names of the layers that {@link #read} would load.
   *
   * @throws io.millrace.settings.InvalidSettingsException as {@link #read} does
   */
  public static List<String> check(Path file, NetworkDefinition definition, List<String> layers) {
    return taken(file, definition, layers, matched -> {});
  }

  private static List<String> taken(
      Path file,
      NetworkDefinition definition,
      List<String> layers,
      Consumer<Map<LayerDefinition, SavedLayer>> taker) {
    try (HdfFile opened = SavedWeights.open(file)) {
      Map<LayerDefinition, SavedLayer> matched =
          new KerasWeights(SavedWeights.of(opened), definition, layers).match();
      matched.forEach(KerasWeights::requireShapes);
      taker.accept(matched);
      return matched.keySet().stream().map(LayerDefinition::name).toList();
    } catch (HdfException | UncheckedIOException unreadable) {
      throw UnsupportedKeras.weights(
          "is " + file.getFileName() + ", which cannot be read: " + unreadable.getMessage());
    }
  }

  private Map<LayerDefinition, SavedLayer> match() {
    requireKnown();
    Map<LayerDefinition, SavedLayer> all = areNamesThose() ? byName() : inOrder();
    Map<LayerDefinition, SavedLayer> matched = new LinkedHashMap<>();
    for (LayerDefinition layer : layers) {
      if (isWanted(layer)) {
        SavedLayer values = all.get(layer);
        if (values == null) {
          throw UnsupportedKeras.weights(
              "has no weights for layer %s; it has %s"
                  .formatted(
                      written(layer),
                      saved.stream().map(SavedLayer::toString).collect(Collectors.joining(", "))));
        }
        matched.put(layer, values);
      }
    }
    if (wanted.isEmpty()) {
      requireAllTaken(matched);
    }
    return matched;
  }

  private boolean isWanted(LayerDefinition layer) {
    return wanted.isEmpty() || wanted.contains(layer.name());
  }

  private void requireKnown() {
    List<String> names = layers.stream().map(LayerDefinition::name).toList();
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw UnsupportedKeras.weights(
            "has layers: " + name + "; allowed: those with weights, " + String.join(", ", names));
      }
    }
  }

  private void requireAllTaken(Map<LayerDefinition, SavedLayer> matched) {
    for (SavedLayer layer : saved.layers()) {
      if (!matched.containsValue(layer)) {
        throw UnsupportedKeras.weights(
            "has weights in "
                + layer
                + " that no layer of the network takes; where that is meant, name the layers that"
                + " begin with the file in initial_weights.layers");
      }
    }
  }

  /**
   * Returns whether to match layers by name: either all names are the network's, or all wanted
   * layers are in the file under names that Keras did not generate.
   */
  private boolean areNamesThose() {
    Set<String> names = saved.byLayerName().keySet();
    List<LayerDefinition> chosen = layers.stream().filter(this::isWanted).toList();
    boolean areAll =
        layers.stream().map(LayerDefinition::name).collect(Collectors.toSet()).equals(names);
    return areAll
        || (!wanted.isEmpty()
            && chosen.stream()
                .allMatch(
                    layer ->
                        names.contains(layer.name())
                            && !layer.name().matches(layer.type() + "(_\\d+)?")));
  }

  private Map<LayerDefinition, SavedLayer> byName() {
    Map<String, SavedLayer> byName = saved.byLayerName();
    Map<LayerDefinition, SavedLayer> all = new LinkedHashMap<>();
    for (LayerDefinition layer : layers) {
      SavedLayer values = byName.get(layer.name());
      if (values != null) {
        all.put(layer, values);
      }
    }
    return all;
  }

  private Map<LayerDefinition, SavedLayer> inOrder() {
    Map<LayerDefinition, SavedLayer> all = new LinkedHashMap<>();
    Map<String, SavedLayer> byGroup = saved.byGroup();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerDefinition layer = layers.get(i);
      int count = counts.merge(layer.type(), 1, Integer::sum);
      String group = "layers/" + layer.type() + (count == 1 ? "" : "_" + (count - 1));
      if (saved.isByClass() && byGroup.containsKey(group)) {
        all.put(layer, byGroup.get(group));
      } else if (!saved.isByClass() && wanted.isEmpty() && i < saved.layers().size()) {
        all.put(layer, saved.layers().get(i));
      }
    }
    return all;
  }

  private static void requireShapes(LayerDefinition layer, SavedLayer values) {
    List<List<Integer>> shapes =
        layer.weights().stream().map(weight -> weight.shape().dimensions()).toList();
    if (!shapes.equals(values.shapes())) {
      throw UnsupportedKeras.weights(
          "has %s, but layer %s takes other shapes".formatted(values, written(layer)));
    }
  }

  private static String written(LayerDefinition layer) {
    return layer.weights().stream()
        .map(weight -> weight.name() + " " + weight.shape().dimensions())
        .collect(Collectors.joining(", ", layer.name() + " (" + layer.type() + ": ", ")"));
  }

  private static void fill(LayerDefinition layer, SavedLayer values, NetworkWeights weights) {
    List<WeightDefinition> definitions = layer.weights();
    for (int i = 0; i < definitions.size(); i++) {
      weights.write(layer.name() + "/" + definitions.get(i).name(), floats(values.values().get(i)));
    }
  }

  private static float[] floats(Dataset dataset) {
    if (dataset.getDataFlat() instanceof float[] values) {
      return values;
    }
    throw UnsupportedKeras.weights(
        dataset.getPath() + " holds " + dataset.getJavaType() + "; allowed: float32");
  }
}
