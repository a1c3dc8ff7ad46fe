package io.millrace.learning.network;

import io.millrace.learning.layers.Layer;
import io.millrace.learning.layers.LayerTypes;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.layers.UnfitShapeException;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the layers of a network in order and infers their shapes.
 *
 * <p>A layer without {@code inputs} reads the layer before it. Nothing is inferred after a layer
 * with a problem, so one mistake is reported once.
 */
final class GraphReader {
  private final Section section;
  private final List<InputDefinition> inputs;
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, TensorShape> shapes = new LinkedHashMap<>();
  private final List<LayerDefinition> layers = new ArrayList<>();
  private @Nullable String last;

  GraphReader(Section section, List<InputDefinition> inputs) {
    this.section = section;
    this.inputs = inputs;
    for (InputDefinition input : inputs) {
      addName(section, input.name());
      shapes.put(input.name(), input.shape());
    }
    this.last = inputs.size() == 1 ? inputs.get(0).name() : null;
  }

  NetworkDefinition read(List<String> outputs) {
    List<Section> sections = section.sections("layers");
    if (sections.isEmpty()) {
      section.report("layers", "is required: the layers of the network, in order");
    }
    sections.forEach(this::readLayer);
    boolean named = !outputs.isEmpty() || sections.isEmpty();
    List<String> all = named ? outputs : List.of(String.valueOf(last));
    checkOutputs(all);
    return new NetworkDefinition(inputs, layers, all);
  }

  private void checkOutputs(List<String> outputs) {
    List<String> allowed = new ArrayList<>(names);
    inputs.forEach(input -> allowed.remove(input.name()));
    for (String output : outputs) {
      if (!allowed.contains(output)) {
        section.report(
            "outputs", "is " + output + "; allowed: a layer, one of " + String.join(", ", allowed));
      }
    }
  }

  private void readLayer(Section section) {
    Layer layer = LayerTypes.read(section);
    String type = section.text("type", "what the layer does").orElse("layer");
    String name = section.text("name", "name of the layer").orElse(unusedName(type));
    List<String> reads = readInputs(section);
    boolean trainable = section.flag("trainable", "whether the weights learn").orElse(true);
    addName(section, name);
    last = name;
    if (shapes.keySet().containsAll(reads)) {
      List<TensorShape> read = reads.stream().map(shapes::get).toList();
      TensorShape shape = infer(section, name + " (" + type + ")", layer, read);
      if (shape != null) {
        shapes.put(name, shape);
        layers.add(
            new LayerDefinition(name, type, reads, trainable, layer, read, shape, section.tree()));
      }
    }
  }

  private List<String> readInputs(Section section) {
    if (!section.has("inputs") && last == null) {
      section.report("inputs", "is required: which of " + String.join(", ", names) + " it reads");
      return List.of("");
    }
    List<String> reads =
        section
            .texts("inputs", "inputs and earlier layers that this layer reads")
            .orElse(List.of(String.valueOf(last)));
    for (String read : reads) {
      if (!names.contains(read)) {
        section.report("inputs", "is " + read + "; allowed: " + String.join(", ", names));
      }
    }
    return reads;
  }

  private @Nullable TensorShape infer(
      Section section, String layer, Layer kind, List<TensorShape> inputs) {
    try {
      return kind.outputShape(inputs);
    } catch (UnfitShapeException unfit) {
      String got = inputs.stream().map(TensorShape::toString).collect(Collectors.joining(" and "));
      section.report("", "layer " + layer + " gets " + got + "; it needs " + unfit.getMessage());
      return null;
    }
  }

  private void addName(Section section, String name) {
    if (!names.add(name)) {
      section.report("name", "is " + name + ", which another input or layer has already");
    }
  }

  /** Returns the type, with a number if it is taken: dense, dense_1, dense_2. */
  private String unusedName(String type) {
    String name = type;
    for (int i = 1; names.contains(name); i++) {
      name = type + "_" + i;
    }
    return name;
  }
}
