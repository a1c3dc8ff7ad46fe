package io.millrace.learning.model;

import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file of Keras weights that training begins with.
 *
 * @param layers the names of the layers that take weights from it; empty: all, and the file must
 *     fit them
 */
public record InitialWeights(Path file, List<String> layers) {

  /** Returns whether this layer takes weights from the file. */
  public boolean fills(String layer) {
    return layers.isEmpty() || layers.contains(layer);
  }

  /** Reads {@code initial_weights: file}, or a section with {@code file} and {@code layers}. */
  public static Optional<InitialWeights> read(Section training) {
    if (!training.hasSection("initial_weights")) {
      return training
          .filePath(
              "initial_weights", "file of Keras' weights to begin with: .weights.h5, .h5 or .keras")
          .map(file -> new InitialWeights(file, List.of()));
    }
    Section section = training.section("initial_weights");
    List<String> layers =
        section.texts("layers", "the layers that begin with them").orElse(List.of());
    Optional<Path> file =
        section.filePath("file", "file of Keras' weights: .weights.h5, .h5 or .keras");
    if (file.isEmpty()) {
      section.report("file", "is required: the file of Keras' weights");
    }
    return file.map(given -> new InitialWeights(given, layers));
  }
}
