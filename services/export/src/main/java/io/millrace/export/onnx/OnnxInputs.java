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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The inputs of a graph, and their preprocessing. An input of numbers alone is one tensor, {@code
 * [rows, numbers]}, under its own name. One that has categories as well is a tensor for each field.
 * One that ONNX has no operators for takes the numbers that the network sees.
 */
final class OnnxInputs {
  private final ExportedModel model;
  private final List<Boolean> inGraph;

  /** The fields' inputs by name, with their types. */
  private final Map<String, DataType> fields = new LinkedHashMap<>();

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
      return graph.input(input.name(), DataType.FLOAT, input.width());
    }
    if (model.scaling(index).isPresent()) {
      String all = graph.input(input.name(), DataType.FLOAT, input.numbers());
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
  private static List<String> byColumn(OnnxGraph graph, InputSettings input) {
    String all = graph.input(input.name(), DataType.FLOAT, input.numbers());
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
      feature.fields().forEach(field -> addField(graph, field, type, width));
      parts.add(joined(graph, input.name(), feature.fields()));
    }
    return parts;
  }

  private void addField(OnnxGraph graph, String field, DataType type, int width) {
    if (!fields.containsKey(field)) {
      fields.put(field, type);
      graph.input(field, type, width);
    } else if (Objects.requireNonNull(fields.get(field)) != type) {
      throw new InexpressibleException(
          "field %s is a number and a category, but an input of ONNX is one of both; allowed:"
                  .formatted(field)
              + " --preprocessing file");
    }
  }

  private static String joined(OnnxGraph graph, String base, List<String> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : graph.node("Concat", base + "/joined", parts, integer("axis", 1));
  }
}
