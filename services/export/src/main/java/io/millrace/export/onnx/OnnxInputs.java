package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.integer;

import io.millrace.export.ExportedModel;
import io.millrace.export.InexpressibleException;
import io.millrace.learning.features.CategoryFeature;
import io.millrace.learning.features.Feature;
import io.millrace.learning.features.VectorFeature;
import io.millrace.learning.model.InputSettings;
import io.millrace.proto.onnx.v1.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of a graph, and their preprocessing. An input of numbers alone is one tensor, {@code
 * [rows, numbers]}, under its own name. One that has categories as well is a tensor for each field.
 * One that ONNX has no operators for takes the numbers that the network sees.
 */
final class OnnxInputs {
  private final ExportedModel model;
  private final List<Boolean> inGraph;

  /** The graph's inputs by name, with what they hold. */
  private final Map<String, String> added = new HashMap<>();

  /**
   * @param inGraph by input, whether the graph has its preprocessing
   */
  OnnxInputs(ExportedModel model, List<Boolean> inGraph) {
    this.model = model;
    this.inGraph = inGraph;
  }

  /** Returns the fields that ONNX has no operators for, with the reasons. */
  static List<String> obstacles(InputSettings input) {
    return input.features().stream()
        .flatMap(
            feature ->
                OnnxFeature.obstacle(feature).stream()
                    .map(reason -> String.join(", ", feature.fields()) + " is " + reason))
        .toList();
  }

  /** Returns the names of all inputs of the graph. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inputs().size(); i++) {
      InputSettings input = inputs().get(i);
      if (isByField(i)) {
        input.features().forEach(feature -> names.addAll(feature.fields()));
      } else {
        names.add(input.name());
      }
    }
    return names;
  }

  /** Adds an input and its preprocessing; returns the name of what the network sees. */
  String write(OnnxGraph graph, int index) {
    InputSettings input = inputs().get(index);
    if (!inGraph.get(index)) {
      return whole(graph, input, input.width());
    }
    if (model.scaling(index).isPresent()) {
      String all = whole(graph, input, input.numbers());
      return OnnxFeature.scaled(graph, input.name(), all, model.scaling(index).get());
    }
    List<String> parts = isByField(index) ? byField(graph, input) : byColumn(graph, input);
    List<String> prepared = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      prepared.add(
          new OnnxFeature(graph, input.name(), model.preparation(index), i)
              .write(input.features().get(i), parts.get(i)));
    }
    return joined(graph, input.name(), prepared);
  }

  private List<InputSettings> inputs() {
    return model.definition().inputs();
  }

  private boolean isByField(int index) {
    return inGraph.get(index) && !inputs().get(index).isNumeric();
  }

  /** Adds one input, and returns each feature's columns of it. */
  private List<String> byColumn(OnnxGraph graph, InputSettings input) {
    String all = whole(graph, input, input.numbers());
    if (input.features().size() == 1) {
      return List.of(all);
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (Feature feature : input.features()) {
      int end = start + feature.numbers();
      String base = input.name() + "/columns";
      parts.add(
          graph.node(
              "Slice",
              base,
              List.of(
                  all,
                  graph.integers(base, start),
                  graph.integers(base, end),
                  graph.integers(base, 1))));
      start = end;
    }
    return parts;
  }

  /** Adds an input for each field, and returns each feature's fields side by side. */
  private List<String> byField(OnnxGraph graph, InputSettings input) {
    List<String> parts = new ArrayList<>();
    for (Feature feature : input.features()) {
      DataType type = feature instanceof CategoryFeature ? DataType.STRING : DataType.FLOAT;
      int width = feature instanceof VectorFeature ? feature.numbers() : 1;
      feature.fields().forEach(field -> add(graph, field, type.name() + width, type, width));
      parts.add(joined(graph, input.name(), feature.fields()));
    }
    return parts;
  }

  private String whole(OnnxGraph graph, InputSettings input, int width) {
    add(graph, input.name(), "input", DataType.FLOAT, width);
    return input.name();
  }

  /** Adds an input of the graph, unless another feature has added the same field. */
  private void add(OnnxGraph graph, String name, String holds, DataType type, int width) {
    String before = added.putIfAbsent(name, holds);
    if (before == null) {
      graph.input(name, type, width);
    } else if (!before.equals(holds)) {
      throw new InexpressibleException(
          "%s is the name of two things, but ONNX has one input of a name; allowed: other names of"
                  .formatted(name)
              + " inputs, or --preprocessing file");
    }
  }

  private static String joined(OnnxGraph graph, String base, List<String> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : graph.node("Concat", base + "/joined", parts, integer("axis", 1));
  }
}
