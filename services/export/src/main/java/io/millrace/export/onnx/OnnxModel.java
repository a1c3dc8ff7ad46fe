package io.millrace.export.onnx;

import static io.millrace.export.onnx.OnnxAttributes.type;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.ExportedModel;
import io.millrace.export.InexpressibleException;
import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.proto.onnx.v1.ModelProto;
import io.millrace.proto.onnx.v1.OperatorSetIdProto;
import io.millrace.proto.onnx.v1.StringStringEntryProto;
import io.millrace.proto.onnx.v1.TensorProto.DataType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model as ONNX: preprocessing where ONNX has operators, the network as it is in inference, and
 * outputs in the units of the labels. The metadata has the model, its version, the digest of its
 * weights, the fields of each input and the names of classes. Equal models give equal bytes.
 */
public final class OnnxModel {
  /** That of ONNX 1.12, as the operators are. */
  private static final long FORMAT_VERSION = 8;

  private final ExportedModel model;
  private final ModelDefinition definition;
  private final List<Boolean> inGraph = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final OnnxInputs inputs;
  private final ModelProto onnx;

  /**
   * Prepares a model.
   *
   * @param withPreprocessing whether the graph has the preprocessing that ONNX has operators for
   * @throws io.millrace.export.InexpressibleException if ONNX has no operators for a layer
   */
  public OnnxModel(ExportedModel model, boolean withPreprocessing) {
    this.model = model;
    definition = model.definition();
    for (InputSettings input : definition.inputs()) {
      List<String> obstacles = withPreprocessing ? OnnxInputs.obstacles(input) : List.of();
      obstacles.forEach(obstacle -> remarks.add("input %s: %s".formatted(input.name(), obstacle)));
      inGraph.add(withPreprocessing && obstacles.isEmpty());
    }
    inputs = new OnnxInputs(model, inGraph);
    onnx = build();
  }

  /** Returns a sentence for each field whose preprocessing has no operators. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Returns by input whether the graph has its preprocessing. */
  public List<Boolean> inGraph() {
    return List.copyOf(inGraph);
  }

  /** Writes the model. */
  public void write(OutputStream target) throws IOException {
    onnx.writeTo(target);
  }

  private ModelProto build() {
    OnnxGraph graph = new OnnxGraph(model.name(), reserved());
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < definition.inputs().size(); i++) {
      values.put(definition.inputs().get(i).name(), inputs.write(graph, i));
    }
    for (LayerDefinition layer : definition.network().layers()) {
      List<String> reads =
          layer.inputs().stream().map(name -> Objects.requireNonNull(values.get(name))).toList();
      values.put(
          layer.name(), OnnxLayers.write(new OnnxLayer(graph, layer, reads, model.weights(layer))));
    }
    for (int i = 0; i < definition.outputs().size(); i++) {
      writeOutput(graph, i, Objects.requireNonNull(values.get(definition.layerOf(i))));
    }
    ModelProto.Builder message =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT_VERSION)
            .setProducerName("millrace")
            .setGraph(graph.build())
            .addOpsetImport(operators("", OnnxGraph.OPERATORS))
            .addOpsetImport(operators(OnnxGraph.ML, OnnxGraph.ML_OPERATORS));
    metadata().forEach((key, value) -> message.addMetadataProps(entry(key, value)));
    return message.build();
  }

  private List<String> reserved() {
    List<String> names = new ArrayList<>(inputs.names());
    for (OutputSettings output : definition.outputs()) {
      if (names.contains(output.name())) {
        throw new InexpressibleException(
            "%s is an input and an output, but ONNX has one name for each; allowed: other names"
                .formatted(output.name()));
      }
      names.add(output.name());
    }
    return names;
  }

  private void writeOutput(OnnxGraph graph, int index, String value) {
    String name = definition.outputs().get(index).name();
    List<Integer> shape = definition.network().outputShape(definition.layerOf(index)).dimensions();
    Optional<LinearScaling> scaling = model.targetScaling(index);
    if (scaling.isEmpty()) {
      graph.output(name, value, shape);
      return;
    }
    List<Integer> row = List.of(scaling.get().shifts().size());
    String flat = graph.node("Reshape", name, List.of(value, graph.rowShape(name, row)));
    String exact = graph.node("Cast", name, List.of(flat), type(DataType.DOUBLE));
    String divisors = graph.doubles(name, row, scaling.get().divisors());
    String shifts = graph.doubles(name, row, scaling.get().shifts());
    String shaped =
        graph.node("Add", name, List.of(graph.node("Mul", name, List.of(exact, divisors)), shifts));
    if (definition.outputs().get(index).targetScaling() == TargetScaling.LOG) {
      String one = graph.doubles(name, List.of(), List.of(1.0));
      shaped = graph.node("Sub", name, List.of(graph.node("Exp", name, List.of(shaped)), one));
    }
    graph.output(name, graph.node("Cast", name, List.of(shaped), type(DataType.FLOAT)), row);
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>(model.identity());
    Map<String, Object> fields = new LinkedHashMap<>();
    for (InputSettings input : definition.inputs()) {
      fields.put(
          input.name(),
          input.features().stream().flatMap(feature -> feature.fields().stream()).toList());
    }
    metadata.put("fields", DefinitionJson.write(fields));
    Map<String, Object> classes = new LinkedHashMap<>();
    for (OutputSettings output : definition.outputs()) {
      if (!output.classes().isEmpty()) {
        classes.put(output.name(), output.classes());
      }
    }
    metadata.put("classes", DefinitionJson.write(classes));
    return metadata;
  }

  private static OperatorSetIdProto operators(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
