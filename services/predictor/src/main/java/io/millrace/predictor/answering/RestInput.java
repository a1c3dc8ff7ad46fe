package io.millrace.predictor.answering;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One input tensor of a REST request while it is read: its numbers or texts are in the JSON, flat
 * or nested, null where there is no value, or its raw contents lie behind it.
 */
final class RestInput {
  private static final int IN_JSON = -1;
  private static final int FIRST_CAPACITY = 64;

  private final JsonReader json;
  private final InferInputTensor.Builder tensor = InferInputTensor.newBuilder();
  private int binarySize = IN_JSON;
  private double[] values = new double[FIRST_CAPACITY];
  private final ByteArrayOutputStream texts = new ByteArrayOutputStream(0);
  private int count;
  private int nulls;
  private int textCount;
  private boolean whole = true;

  private RestInput(JsonReader json) {
    this.json = json;
  }

  static RestInput read(JsonReader json) throws IOException {
    RestInput input = new RestInput(json);
    json.object(input::readMember);
    input.check();
    return input;
  }

  /** Returns how many bytes of the body belong to this input. */
  int binarySize() {
    return Math.max(0, binarySize);
  }

  /** Returns the tensor; numbers from the JSON are FP64 from here on. */
  InferInputTensor tensor() {
    return binarySize == IN_JSON && type() != null
        ? tensor.setDatatype(DataType.FP64.name()).build()
        : tensor.build();
  }

  /** Returns the raw contents. */
  ByteString contents(byte[] body, int start) {
    if (binarySize != IN_JSON) {
      return UnsafeByteOperations.unsafeWrap(body, start, binarySize);
    }
    if (isBytes()) {
      return ByteString.copyFrom(texts.toByteArray());
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values, 0, count);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private void readMember(String name) throws IOException {
    switch (name) {
      case "name" -> tensor.setName(json.text());
      case "datatype" -> tensor.setDatatype(json.text());
      case "shape" -> json.list(() -> tensor.addShape(json.wholeNumber()));
      case "parameters" -> json.object(this::readParameter);
      case "data" -> readData();
      default -> json.skip();
    }
  }

  private void readParameter(String name) throws IOException {
    if (!name.equals("binary_data_size")) {
      json.skip();
      return;
    }
    long size = json.wholeNumber();
    if (size < 0) {
      throw json.problem("binary_data_size is %d; expected 0 or more".formatted(size));
    }
    binarySize = (int) Math.min(Integer.MAX_VALUE, size);
  }

  private void readData() throws IOException {
    if (json.isList()) {
      json.list(this::readData);
    } else if (json.isText()) {
      addText(json.text().getBytes(UTF_8));
    } else if (json.isNull()) {
      nulls++;
      addLength(FieldValues.MISSING);
      addNumber(Double.NaN);
    } else {
      double value = json.number();
      whole &= value == Math.rint(value);
      addNumber(value);
    }
  }

  private void addText(byte[] text) {
    textCount++;
    addLength(text.length);
    texts.write(text, 0, text.length);
  }

  private void addLength(int length) {
    texts.write(length);
    texts.write(length >> 8);
    texts.write(length >> 16);
    texts.write(length >> 24);
  }

  private void addNumber(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  private void check() throws IOException {
    DataType type = type();
    if (binarySize != IN_JSON || (type == null && !isBytes())) {
      return; // contents of an unknown type are refused with the type
    }
    int others = isBytes() ? count - nulls : textCount;
    if (others > 0) {
      throw json.problem(
          "input '%s' has %s in data; expected %s"
              .formatted(
                  tensor.getName(),
                  isBytes() ? "numbers" : "texts",
                  isBytes() ? "texts for BYTES" : "numbers for " + type));
    }
    int elements = isBytes() ? textCount + nulls : count;
    long expected = 1;
    for (long size : tensor.getShapeList()) {
      expected = Math.max(-1, Math.min(Integer.MAX_VALUE, expected * Math.max(-1, size)));
    }
    if (elements != expected) {
      throw json.problem(
          "input '%s' has %d elements in data; expected %d for shape %s"
              .formatted(tensor.getName(), elements, expected, tensor.getShapeList()));
    }
    if (type != null && !type.hasFractions() && (!whole || nulls > 0)) {
      throw json.problem(
          "input '%s' has fractions or nulls in data; expected whole numbers for %s"
              .formatted(tensor.getName(), type));
    }
  }

  private boolean isBytes() {
    return tensor.getDatatype().equals(FieldValues.BYTES);
  }

  private @Nullable DataType type() {
    return DataType.named(tensor.getDatatype());
  }
}
