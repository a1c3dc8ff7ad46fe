package io.millrace.export.onnx;

import com.google.protobuf.ByteString;
import io.millrace.proto.onnx.v1.AttributeProto;
import io.millrace.proto.onnx.v1.GraphProto;
import io.millrace.proto.onnx.v1.NodeProto;
import io.millrace.proto.onnx.v1.TensorProto;
import io.millrace.proto.onnx.v1.TensorProto.DataType;
import io.millrace.proto.onnx.v1.TensorShapeProto;
import io.millrace.proto.onnx.v1.TypeProto;
import io.millrace.proto.onnx.v1.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph of ONNX that grows by one operator after the other. A value is known by its name; each
 * name is given once. The first axis of inputs and outputs is the rows of a call.
 */
final class OnnxGraph {
  /** The operators of ONNX 1.12, which all runtimes of the last years have. */
  static final int OPERATORS = 17;

  /** The domain of operators for categories. */
  static final String ML = "ai.onnx.ml";

  static final int ML_OPERATORS = 3;

  private static final String ROWS = "rows";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();

  /**
   * @param reserved the names of inputs and outputs, which no other value gets
   */
  OnnxGraph(String name, List<String> reserved) {
    graph.setName(name);
    names.addAll(reserved);
  }

  GraphProto build() {
    return graph.build();
  }

  /** Adds an input {@code [rows, width]} under a reserved name. */
  String input(String name, DataType type, int width) {
    graph.addInput(value(name, type, List.of(width)));
    return name;
  }

  /** Gives a value, {@code [rows, ...]}, a reserved name as an output. */
  void output(String name, String value, List<Integer> shape) {
    graph.addOutput(value(name, DataType.FLOAT, shape));
    graph.addNode(
        NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value).addOutput(name));
  }

  /** Adds an operator, and returns the name of its only value. */
  String node(String operator, String base, List<String> inputs, AttributeProto... attributes) {
    return add(NodeProto.newBuilder().setOpType(operator), base, inputs, 0, attributes);
  }

  /** Adds an operator, and returns the name of one of its values; the others are left out. */
  String nodeOutput(
      String operator, String base, List<String> inputs, int output, AttributeProto... attributes) {
    return add(NodeProto.newBuilder().setOpType(operator), base, inputs, output, attributes);
  }

  /** Adds an operator of the domain {@value #ML}. */
  String mlNode(String operator, String base, String input, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setDomain(ML);
    return add(node, base, List.of(input), 0, attributes);
  }

  String floats(String base, List<Integer> shape, float... values) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(base, DataType.FLOAT, shape, bytes);
  }

  String doubles(String base, List<Integer> shape, List<Double> values) {
    ByteBuffer bytes = littleEndian(values.size() * Double.BYTES);
    values.forEach(bytes::putDouble);
    return constant(base, DataType.DOUBLE, shape, bytes.rewind());
  }

  /** Adds a vector of whole numbers. */
  String integers(String base, long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant(base, DataType.INT64, List.of(values.length), bytes);
  }

  /** Adds the dimensions of a row as the operator Reshape wants them: 0 keeps the rows. */
  String rowShape(String base, List<Integer> dimensions) {
    long[] shape = new long[dimensions.size() + 1];
    for (int i = 0; i < dimensions.size(); i++) {
      shape[i + 1] = dimensions.get(i);
    }
    return integers(base, shape);
  }

  private String add(
      NodeProto.Builder node,
      String base,
      List<String> inputs,
      int output,
      AttributeProto... attributes) {
    String name = unused(base);
    node.setName(name).addAllInput(inputs).addAllAttribute(List.of(attributes));
    for (int i = 0; i < output; i++) {
      node.addOutput("");
    }
    graph.addNode(node.addOutput(name));
    return name;
  }

  private String constant(String base, DataType type, List<Integer> shape, ByteBuffer bytes) {
    String name = unused(base);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .setRawData(ByteString.copyFrom(bytes));
    shape.forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  private String unused(String base) {
    String name = base;
    for (int i = 1; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  private static ValueInfoProto value(String name, DataType type, List<Integer> row) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(ROWS);
    row.forEach(length -> shape.addDimBuilder().setDimValue(length));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
