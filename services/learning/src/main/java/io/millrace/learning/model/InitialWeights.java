package io.millrace.learning.model;

import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights that training begins with: those of a file of Keras, or of another model's version.
 *
 * @param file the file; absent: a model is named
 * @param model the other model; absent: a file is named
 * @param source the other model's version, once it has been read
 * @param layers the names of the layers that take weights; empty: all, and all must fit
 * @param frozen the names of the layers that do not learn
 * @param unfreezeAfter records trained until these layers learn; absent: they never do
 */
public record InitialWeights(
    Optional<Path> file,
    Optional<StoredModel> model,
    Optional<Model> source,
    List<String> layers,
    Set<String> frozen,
    Optional<Long> unfreezeAfter) {
  private static final String KEY = "initial_weights";
  private static final String FILE = "file with initial Keras weights: .weights.h5, .h5 or .keras";

  public InitialWeights {
    layers = List.copyOf(layers);
    frozen = Set.copyOf(frozen);
  }

  /** Returns whether this layer takes weights. */
  public boolean fills(String layer) {
    return fillsAll() || layers.contains(layer);
  }

  /** Returns whether every layer takes weights, so that the model answers before it has learned. */
  public boolean fillsAll() {
    return layers.isEmpty();
  }

  /** Returns these weights, as they were read from the other model. */
  public InitialWeights from(Model read) {
    return new InitialWeights(file, model, Optional.of(read), layers, frozen, unfreezeAfter);
  }

  /**
   * Reads {@code initial_weights: file}, or a section with {@code file} or {@code model}, {@code
   * layers} and what is frozen.
   */
  public static Optional<InitialWeights> read(Section training, NetworkDefinition network) {
    if (!training.hasSection(KEY)) {
      return training.filePath(KEY, FILE).map(InitialWeights::ofFile);
    }
    Section section = training.section(KEY);
    List<String> layers =
        section.texts("layers", "the layers that begin with them").orElse(List.of());
    Optional<Path> file = section.filePath("file", FILE);
    Optional<StoredModel> model = StoredModel.read(section);
    if (file.isPresent() == model.isPresent()) {
      section.report("", "needs either file, or model");
    }
    Set<String> frozen = readFrozen(section, network, layers);
    Optional<Long> unfreezeAfter =
        section
            .longInteger("unfreeze_after", "records trained until frozen layers learn, too")
            .atLeast(1L)
            .optional();
    if (unfreezeAfter.isPresent() && frozen.isEmpty()) {
      section.report("unfreeze_after", "is given, but no layer is frozen; give frozen, too");
    }
    return Optional.of(
        new InitialWeights(file, model, Optional.empty(), layers, frozen, unfreezeAfter));
  }

  private static InitialWeights ofFile(Path file) {
    return new InitialWeights(
        Optional.of(file),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of(),
        Optional.empty());
  }

  /** Reads {@code frozen: true}, or a list of layers. */
  private static Set<String> readFrozen(
      Section section, NetworkDefinition network, List<String> layers) {
    List<String> learning =
        network.layers().stream()
            .filter(layer -> layer.trainableCount() > 0)
            .map(LayerDefinition::name)
            .toList();
    Set<String> frozen =
        new TreeSet<>(
            section.hasList("frozen")
                ? named(section, network)
                : isFlagged(section) ? (layers.isEmpty() ? learning : layers) : List.of());
    if (!learning.isEmpty() && frozen.containsAll(learning)) {
      section.report(
          "frozen",
          "is every layer that learns: %s; leave one out, or nothing is learned"
              .formatted(String.join(", ", learning)));
    }
    return frozen;
  }

  private static boolean isFlagged(Section section) {
    return section
        .flag("frozen", "whether the layers that begin with them do not learn, or a list of layers")
        .orElse(false);
  }

  private static List<String> named(Section section, NetworkDefinition network) {
    List<String> known = network.layers().stream().map(LayerDefinition::name).toList();
    return section
        .texts("frozen", "the layers that do not learn")
        .check("layers of the network", known::containsAll)
        .orElse(List.of());
  }
}
