package io.millrace.learning.model;

import io.millrace.learning.keras.KerasCompilation;
import io.millrace.learning.keras.KerasFile;
import io.millrace.learning.network.InputDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The Keras model file that a document names instead of layers. Errors in it are reported as
 * problems of the document.
 *
 * @param file the file's content; absent if it could not be read
 */
record ArchitectureFile(Section root, Optional<KerasFile> file) {

  /** Reads the file if the document names one and has no layers of its own. */
  static Optional<ArchitectureFile> read(Section root) {
    Section network = root.section("network");
    Optional<Map<String, Object>> tree =
        network.fileTree(
            "architecture", "file of a Keras model, .json or .keras, in the place of layers");
    if (!network.has("architecture")) {
      return Optional.empty();
    }
    if (network.has("layers")) {
      network.report("architecture", "is given beside layers; give one");
      return Optional.empty();
    }
    return Optional.of(
        new ArchitectureFile(
            root, tree.flatMap(given -> tried(root, () -> KerasFile.read(given)))));
  }

  /**
   * Copies the model's compile configuration into the outputs' sections, and these into the tree.
   *
   * @param outputs the document's sections by the outputs' names
   */
  KerasCompilation compile(Map<String, Section> outputs, Map<String, Object> tree) {
    boolean hasOptimizer =
        root.tree("training").get("training") instanceof Map<?, ?> training
            && training.get("optimizer") != null;
    Optional<KerasCompilation> compilation =
        file.flatMap(given -> tried(root, () -> given.compile(outputs, hasOptimizer)));
    if (compilation.filter(taken -> !taken.remarks().isEmpty()).isPresent()) {
      Map<String, Object> written = new LinkedHashMap<>();
      outputs.forEach((name, section) -> written.put(name, section.tree()));
      tree.put("outputs", written);
    }
    return compilation.orElse(KerasCompilation.NONE);
  }

  /**
   * Reads the layers, which replace the file in the tree.
   *
   * @param outputs the names of the document's outputs
   */
  NetworkDefinition network(
      List<InputDefinition> inputs, List<String> outputs, Map<String, Object> tree) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    inputs.forEach(input -> widths.put(input.name(), input.shape().size()));
    return file.flatMap(given -> tried(root, () -> given.layers(widths, outputs)))
        .flatMap(layers -> tried(root, () -> inlined(layers, inputs, outputs, tree)))
        .orElseGet(() -> new NetworkDefinition(inputs, List.of(), outputs));
  }

  private static NetworkDefinition inlined(
      List<Map<String, Object>> layers,
      List<InputDefinition> inputs,
      List<String> outputs,
      Map<String, Object> tree) {
    tree.put("network", Map.of("layers", layers));
    Section network = Section.root(tree).section("network");
    NetworkDefinition definition = NetworkDefinition.read(network, inputs, outputs);
    try {
      network.finish();
      return definition;
    } catch (InvalidSettingsException e) {
      throw KerasFile.named(e, layers);
    }
  }

  /** Returns the reader's result, or reports why there is none. */
  private static <T> Optional<T> tried(Section root, Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> root.report(problem.path(), problem.message()));
      return Optional.empty();
    }
  }
}
