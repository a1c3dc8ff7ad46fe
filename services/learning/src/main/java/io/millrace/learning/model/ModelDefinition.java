package io.millrace.learning.model;

import io.millrace.learning.features.Feature;
import io.millrace.learning.keras.KerasCompilation;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.network.DataType;
import io.millrace.learning.network.InputDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The definition of a model: the inputs and how a record fills them, the network, and the outputs
 * with their labels. A checkpoint contains it, so serving needs nothing else.
 *
 * @param inputs in the order of the batch's inputs
 * @param network the layers
 * @param outputs in the order of the batch's targets
 * @param tree the document's own settings, which {@link #read} accepts again
 * @param compilation the training settings of a Keras file; none in a checkpoint
 * @param rivals the learners whose combined answer is the model's; empty if {@code network} alone
 *     answers
 */
public record ModelDefinition(
    List<InputSettings> inputs,
    NetworkDefinition network,
    List<OutputSettings> outputs,
    Map<String, Object> tree,
    KerasCompilation compilation,
    List<Rival> rivals) {
  private static final String RIVALS = "rivals";

  public ModelDefinition {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    rivals = List.copyOf(rivals);
  }

  /**
   * Reads the sections {@code inputs}, {@code network} and {@code outputs} of a document, and the
   * learners of its section {@code rivals}.
   */
  public static ModelDefinition read(Section root) {
    ModelDefinition alone = readAlone(root);
    return alone.withRivals(RivalReader.read(root, alone));
  }

  /** Reads the model of a document without its rivals. */
  static ModelDefinition readAlone(Section root) {
    List<InputSettings> inputs = new ArrayList<>();
    root.namedSections("inputs")
        .forEach((name, section) -> inputs.add(InputSettings.read(name, section)));
    if (inputs.isEmpty()) {
      root.report("inputs", "is required: each input of the network and the fields that fill it");
    }
    Map<String, Section> sections = root.namedSections("outputs");
    if (sections.isEmpty()) {
      root.report("outputs", "is required: each output of the network and the field of its label");
    }
    Map<String, Object> tree = new LinkedHashMap<>(root.tree("inputs", "network", "outputs"));
    Optional<ArchitectureFile> file = ArchitectureFile.read(root);
    KerasCompilation compilation =
        file.map(given -> given.compile(sections, tree)).orElse(KerasCompilation.NONE);
    List<OutputSettings> outputs = new ArrayList<>();
    sections.forEach((name, section) -> outputs.add(OutputSettings.read(name, section)));
    List<InputDefinition> shapes = inputs.stream().map(ModelDefinition::networkInput).toList();
    List<String> names = sections.size() == 1 ? List.of() : List.copyOf(sections.keySet());
    NetworkDefinition network =
        file.map(given -> given.network(shapes, names, tree))
            .orElseGet(() -> NetworkDefinition.read(root.section("network"), shapes, names));
    ModelDefinition definition =
        new ModelDefinition(inputs, network, outputs, tree, compilation, List.of());
    definition.checkIndices(root);
    definition.checkOutputs(root);
    Reconstruction.check(root, definition);
    return definition;
  }

  /**
   * Returns this model for records whose numbers are in single precision: one cell each, not two.
   */
  public ModelDefinition inSinglePrecision() {
    List<InputSettings> single = inputs.stream().map(InputSettings::inSinglePrecision).toList();
    return new ModelDefinition(single, network, outputs, tree, compilation, rivals);
  }

  /** Returns this model with other rivals, or without any. */
  public ModelDefinition withRivals(List<Rival> others) {
    Map<String, Object> changed = new LinkedHashMap<>(tree);
    changed.remove(RIVALS);
    if (!others.isEmpty()) {
      changed.put(RIVALS, Map.of("learners", others.stream().map(Rival::tree).toList()));
    }
    return new ModelDefinition(inputs, network, outputs, changed, compilation, others);
  }

  /**
   * Returns the models whose combined answer is this model's: one for each rival, each without
   * rivals, in their order; this model alone if it has none.
   */
  public List<ModelDefinition> members() {
    return rivals.isEmpty()
        ? List.of(this)
        : rivals.stream().map(rival -> member(rival.network())).toList();
  }

  /** Returns how many parameters the networks of all members have together. */
  public long parameterCount() {
    return members().stream().mapToLong(member -> member.network().parameterCount()).sum();
  }

  /**
   * Returns a rival of this model.
   *
   * @throws io.millrace.settings.InvalidSettingsException if its overrides have an invalid network
   */
  public Rival rival(String name, Map<String, Object> overrides) {
    return new Rival(
        name,
        overrides.get("network") instanceof Map<?, ?> own ? network(own) : network,
        overrides);
  }

  /**
   * Returns the network of a section {@code network}, for the inputs and outputs of this model.
   *
   * @throws io.millrace.settings.InvalidSettingsException if it is invalid
   */
  NetworkDefinition network(Map<?, ?> section) {
    Section root = Section.root(Map.of("network", section));
    List<String> names = outputs.size() == 1 ? List.of() : network.outputs();
    NetworkDefinition read =
        NetworkDefinition.read(root.section("network"), network.inputs(), names);
    root.finish();
    return read;
  }

  /** Returns this model with another network, and without rivals. */
  ModelDefinition member(NetworkDefinition other) {
    Map<String, Object> changed = new LinkedHashMap<>(tree);
    changed.remove(RIVALS);
    changed.put("network", Map.of("layers", other.toTree().get("layers")));
    return new ModelDefinition(inputs, other, outputs, changed, compilation, List.of());
  }

  /** Returns the optimizer of a document that names none: that of its Keras file, or ours. */
  public Map<String, Object> defaultOptimizer() {
    return compilation.optimizer().isEmpty()
        ? OptimizerDefinition.DEFAULT
        : compilation.optimizer();
  }

  /** Returns the name of the layer that computes this output. */
  public String layerOf(int output) {
    return network.outputs().get(output);
  }

  /** Returns how many cells a raw row of each input has. */
  public int[] inputWidths() {
    return inputs.stream().mapToInt(InputSettings::size).toArray();
  }

  /** Returns new arrays for the network's inputs of {@code rows} rows, by input. */
  public float[][] networkInputs(int rows) {
    return inputs.stream().map(input -> new float[rows * input.width()]).toArray(float[][]::new);
  }

  /** Returns how many numbers each output has per row. */
  public int[] outputWidths() {
    return network.outputs().stream().mapToInt(name -> network.outputShape(name).size()).toArray();
  }

  /**
   * Returns how many numbers each output's label has: 1 for a class index, else the output's width.
   */
  public int[] targetWidths() {
    int[] widths = outputWidths();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = outputs.get(i).loss().targetWidth(widths[i]);
    }
    return widths;
  }

  /**
   * Returns how many numbers of each output's label a record holds: those of {@link #targetWidths},
   * and 0 where the targets are the record's own features.
   */
  public int[] labelWidths() {
    int[] widths = targetWidths();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = outputs.get(i).isLabelled() ? widths[i] : 0;
    }
    return widths;
  }

  /** Returns the outputs for which records have a label, in their order. */
  public List<OutputSettings> labelledOutputs() {
    return outputs.stream().filter(OutputSettings::isLabelled).toList();
  }

  private static InputDefinition networkInput(InputSettings input) {
    return new InputDefinition(
        input.name(), new TensorShape(List.of(input.width())), DataType.FLOAT32);
  }

  /**
   * Returns the exclusive upper bound of the indices that a record holds for an input; 0 if it
   * holds anything else.
   */
  public int indexBound(int input) {
    return inputs.get(input).isUnchanged() ? network.indexBound(inputs.get(input).name()) : 0;
  }

  private void checkIndices(Section root) {
    for (LayerDefinition layer : network.lookingUpResults()) {
      root.report(
          "network.layers",
          "has layer %s (%s), which looks up what layer %s computes; allowed: an input that holds"
                  .formatted(layer.name(), layer.type(), String.join(", ", layer.inputs()))
              + " indices");
    }
    for (int i = 0; i < inputs.size(); i++) {
      int bound = network.indexBound(inputs.get(i).name());
      if (bound > 0 && !inputs.get(i).isUnchanged()) {
        checkIndices(root, inputs.get(i), bound);
      }
    }
  }

  private static void checkIndices(Section root, InputSettings input, int bound) {
    String path = "inputs." + input.name();
    for (Feature feature : input.features()) {
      if (feature.indexBound() == 0) {
        root.report(
            path + (feature.fields().equals(input.fields()) ? ".scaling" : ""),
            "is scaled, but holds indices for an embedding; allowed: scaling none, or features that"
                + " are indices");
      } else if (feature.indexBound() > bound) {
        root.report(
            path,
            "%s has indices below %d, but the embedding has %d; make its input_dim at least %d"
                .formatted(
                    String.join(", ", feature.fields()),
                    feature.indexBound(),
                    bound,
                    feature.indexBound()));
      }
    }
  }

  private void checkOutputs(Section root) {
    for (int i = 0; i < Math.min(outputs.size(), network.outputs().size()); i++) {
      OutputSettings output = outputs.get(i);
      String name = layerOf(i);
      network.layers().stream() // a missing layer is reported already
          .filter(layer -> layer.name().equals(name))
          .forEach(layer -> OutputFit.check(root, output, layer));
    }
  }
}
