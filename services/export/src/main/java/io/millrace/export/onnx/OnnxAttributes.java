package io.millrace.export.onnx;

import com.google.protobuf.ByteString;
import io.millrace.proto.onnx.v1.AttributeProto;
import io.millrace.proto.onnx.v1.AttributeProto.AttributeType;
import io.millrace.proto.onnx.v1.TensorProto.DataType;
import java.util.List;

/** The arguments of operators. */
final class OnnxAttributes {
  private OnnxAttributes() {}

  static AttributeProto integer(String name, long value) {
    return named(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto decimal(String name, float value) {
    return named(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto text(String name, String value) {
    return named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto integers(String name, List<? extends Number> values) {
    AttributeProto.Builder attribute = named(name, AttributeType.INTS);
    values.forEach(value -> attribute.addInts(value.longValue()));
    return attribute.build();
  }

  static AttributeProto decimals(String name, List<Float> values) {
    return named(name, AttributeType.FLOATS).addAllFloats(values).build();
  }

  static AttributeProto texts(String name, List<String> values) {
    AttributeProto.Builder attribute = named(name, AttributeType.STRINGS);
    values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
    return attribute.build();
  }

  /** The type that the operator Cast gives. */
  static AttributeProto type(DataType type) {
    return integer("to", type.getNumber());
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
