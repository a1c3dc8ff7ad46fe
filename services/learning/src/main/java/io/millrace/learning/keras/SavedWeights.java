package io.millrace.learning.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The layers with weights in a Keras file, in one of two layouts.
 *
 * <p>Keras 3 and late Keras 2 ({@code .weights.h5}, also within an archive {@code .keras}) name the
 * groups by the layers' classes with a counter, {@code layers/dense}, {@code layers/dense_1},
 * whatever the layers' names are. A layer's weights are the data sets {@code vars/0}, {@code
 * vars/1}, ... Those of a recurrent layer are in its group {@code cell}, those of a bidirectional
 * one in {@code forward_layer/cell} and {@code backward_layer/cell}. Keras 3 stores the layer's
 * name as an attribute of {@code vars}.
 *
 * <p>Keras 2 ({@code .h5}) lists the layers in the attribute {@code layer_names}, and each layer's
 * weights in the attribute {@code weight_names} of its group. A file of a whole model has these
 * groups in {@code model_weights}.
 *
 * @param isByClass whether the groups are named by the layers' classes
 */
record SavedWeights(boolean isByClass, List<SavedLayer> layers) {
  private static final String ARCHIVE = ".keras";
  private static final String IN_ARCHIVE = "model.weights.h5";
  private static final String NAMES = "layer_names";
  private static final List<String> PARTS =
      List.of("vars", "cell/vars", "forward_layer/cell/vars", "backward_layer/cell/vars");

  /** Opens a file, or the one within an archive. */
  static HdfFile open(Path file) {
    if (!file.toString().endsWith(ARCHIVE)) {
      return new HdfFile(file);
    }
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry(IN_ARCHIVE);
      if (entry == null) {
        throw UnsupportedKeras.weights(
            "is " + file.getFileName() + ", an archive without " + IN_ARCHIVE);
      }
      try (InputStream weights = archive.getInputStream(entry)) {
        return HdfFile.fromBytes(weights.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SavedWeights of(HdfFile file) {
    for (Group group : withGroup(file, "model_weights")) {
      if (!texts(group, NAMES).isEmpty()) {
        return new SavedWeights(false, byName(group));
      }
    }
    for (String name : List.of("layers", "_layer_checkpoint_dependencies")) {
      if (file.getChildren().get(name) instanceof Group layers) {
        return new SavedWeights(true, byClass("", "", layers));
      }
    }
    throw UnsupportedKeras.weights(
        "is a file without Keras' weights; allowed: one of model.save_weights(), with layers or "
            + NAMES);
  }

  private static List<Group> withGroup(HdfFile file, String name) {
    return file.getChildren().get(name) instanceof Group group
        ? List.of(file, group)
        : List.of(file);
  }

  private static List<SavedLayer> byName(Group file) {
    List<SavedLayer> layers = new ArrayList<>();
    for (String name : texts(file, NAMES)) {
      List<Dataset> values = new ArrayList<>();
      if (file.getChildren().get(name) instanceof Group group) {
        for (String weight : texts(group, "weight_names")) {
          values.add(dataset(group, weight));
        }
      }
      layers.add(new SavedLayer(name, name, values));
    }
    return layers.stream().filter(layer -> !layer.values().isEmpty()).toList();
  }

  /** Returns the texts of an attribute; Keras splits long attributes into numbered ones. */
  private static List<String> texts(Node node, String attribute) {
    List<String> texts = new ArrayList<>();
    add(texts, node.getAttribute(attribute));
    for (int i = 0; node.getAttributes().containsKey(attribute + i); i++) {
      add(texts, node.getAttribute(attribute + i));
    }
    return texts;
  }

  private static void add(List<String> texts, @Nullable Attribute attribute) {
    if (attribute != null && !attribute.isEmpty()) {
      if (attribute.getData() instanceof String[] several) {
        texts.addAll(List.of(several));
      } else if (attribute.getData() instanceof String one) {
        texts.add(one);
      }
    }
  }

  private static Dataset dataset(Group group, String path) {
    Node node = group;
    for (String name : path.split("/")) {
      node = node instanceof Group inner ? inner.getChildren().get(name) : null;
    }
    if (node instanceof Dataset dataset) {
      return dataset;
    }
    throw UnsupportedKeras.weights("has no " + path + " in " + group.getPath());
  }

  /**
   * @param path the model's path in the file; empty or ending with a slash
   * @param prefix of its layers' names, as in {@link KerasNesting}
   */
  private static List<SavedLayer> byClass(String path, String prefix, Group file) {
    List<SavedLayer> layers = new ArrayList<>();
    file.getChildren()
        .forEach(
            (name, node) -> {
              if (node instanceof Group group
                  && group.getChildren().get("layers") instanceof Group inner) {
                layers.addAll(byClass(path + name + "/layers/", prefix + name(group) + "_", inner));
              } else if (node instanceof Group group) {
                layers.add(layer(path + name, prefix, group));
              }
            });
    return layers.stream().filter(layer -> !layer.values().isEmpty()).toList();
  }

  /**
   * Returns a layer's name, which Keras 3 stores beside its weights, and Millrace at the layer
   * where it has no weights of its own; empty if there is none.
   */
  private static String name(Group layer) {
    return layer.getChildren().get("vars") instanceof Group vars
        ? String.join("", texts(vars, "name"))
        : String.join("", texts(layer, "name"));
  }

  private static SavedLayer layer(String group, String prefix, Group node) {
    Map<String, Dataset> all = new LinkedHashMap<>();
    collect("", node, all);
    List<Dataset> values = new ArrayList<>();
    for (String part : PARTS) {
      for (int i = 0; all.containsKey(part + "/" + i); i++) {
        values.add(Objects.requireNonNull(all.remove(part + "/" + i)));
      }
    }
    if (!all.isEmpty()) {
      throw UnsupportedKeras.weights(
          "has %s in layers/%s, which no layer here has"
              .formatted(all.keySet().iterator().next(), group));
    }
    String name = name(node);
    return new SavedLayer("layers/" + group, name.isEmpty() ? "" : prefix + name, values);
  }

  /** Collects the data sets of a group by path, except the states of random generators. */
  private static void collect(String path, Group group, Map<String, Dataset> all) {
    group
        .getChildren()
        .forEach(
            (name, node) -> {
              if (node instanceof Dataset dataset) {
                all.put(path + name, dataset);
              } else if (node instanceof Group inner && !name.contains("seed_generator")) {
                collect(path + name + "/", inner, all);
              }
            });
  }

  /** Returns the layers by their groups. */
  Map<String, SavedLayer> byGroup() {
    Map<String, SavedLayer> byGroup = new LinkedHashMap<>();
    layers.forEach(layer -> byGroup.put(layer.group(), layer));
    return byGroup;
  }

  /** Returns the layers by their names; empty if the file does not name all of them. */
  Map<String, SavedLayer> byLayerName() {
    Map<String, SavedLayer> byName = new LinkedHashMap<>();
    layers.forEach(layer -> byName.put(layer.name(), layer));
    boolean areNamed = byName.size() == layers.size() && !byName.containsKey("");
    return areNamed ? byName : Map.of();
  }

  Stream<SavedLayer> stream() {
    return layers.stream();
  }
}
