package io.millrace.predictor.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.predictor.requests.FieldValues;
import io.millrace.predictor.requests.NotOffered;
import io.millrace.predictor.requests.Shortened;
import io.millrace.predictor.requests.TensorDataType;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one input tensor of a REST request. Its elements are in the JSON, flat or nested, with null
 * for a missing value, or its raw contents follow the JSON.
 */
final class RestInput {
  private static final int IN_JSON = -1;

  private final JsonReader json;
  private final InferInputTensor.Builder tensor = InferInputTensor.newBuilder();
  private final JsonElements elements = new JsonElements();
  private int binarySize = IN_JSON;
  private boolean hasData;

  private RestInput(JsonReader json) {
    this.json = json;
  }

  static RestInput read(JsonReader json) throws IOException {
    RestInput input = new RestInput(json);
    json.object(input::readMember);
    input.check();
    return input;
  }

  /** Returns the size of the input's binary data in the body, in bytes. */
  int binarySize() {
    return Math.max(0, binarySize);
  }

  /** Returns the tensor. Numbers from the JSON have the type that {@link #written} returns. */
  InferInputTensor tensor() {
    return binarySize == IN_JSON && type() != null
        ? tensor.setDatatype(written(type()).name()).build()
        : tensor.build();
  }

  /**
   * Returns the raw contents.
   *
   * @param start where the input's binary data begins in the body
   */
  ByteString contents(byte[] body, int start) {
    if (binarySize != IN_JSON) {
      return UnsafeByteOperations.unsafeWrap(body, start, binarySize);
    }
    return isBytes() || type() == null ? elements.rawTexts() : elements.rawNumbers(written(type()));
  }

  /** Returns FP64 where it holds all of a type, as it does not truth values and whole numbers. */
  private static TensorDataType written(TensorDataType type) {
    return switch (type) {
      case BOOL, INT64, UINT64 -> type;
      default -> TensorDataType.FP64;
    };
  }

  private void readMember(String name) throws IOException {
    switch (name) {
      case "name" -> tensor.setName(json.text());
      case "datatype" -> tensor.setDatatype(json.text());
      case "shape" -> json.list(() -> tensor.addShape(json.wholeNumber()));
      case "parameters" -> json.object(this::readParameter);
      case "data" -> {
        hasData = true;
        elements.readList(json);
      }
      default -> throw json.problem("an input has no member '%s'".formatted(Shortened.of(name)));
    }
  }

  private void readParameter(String name) throws IOException {
    if (!name.equals("binary_data_size")) {
      throw json.problem(NotOffered.parameter("an input", name, "binary_data_size"));
    }
    long size = json.wholeNumber();
    if (size < 0) {
      throw json.problem("binary_data_size is %d; expected 0 or more".formatted(size));
    }
    binarySize = (int) Math.min(Integer.MAX_VALUE, size);
  }

  private void check() throws IOException {
    String problem = problem();
    if (problem != null) {
      throw json.problem("input '%s' has %s".formatted(Shortened.of(tensor.getName()), problem));
    }
  }

  /** Contents of an unknown type are not checked here: the type is refused later. */
  private @Nullable String problem() {
    if (binarySize != IN_JSON) {
      return hasData ? "data beside binary_data_size; expected one or the other" : null;
    }
    TensorDataType type = type();
    if (isBytes()) {
      return elements.hasNumbers() ? "numbers in data; expected texts for BYTES" : sizeProblem();
    } else if (type == null) {
      return null;
    } else if (elements.hasTexts()) {
      return "texts in data; expected numbers for " + type;
    } else if (elements.hasFlags() && type != TensorDataType.BOOL) {
      return "true or false in data; expected numbers for " + type;
    }
    String problem = sizeProblem();
    return problem == null ? numbersProblem(type) : problem;
  }

  private @Nullable String sizeProblem() {
    JsonNesting nesting = elements.nesting();
    String shape = Shortened.of(tensor.getShapeList());
    if (!nesting.isEven()) {
      return "lists of several lengths or depths in data; expected shape %s, or one list"
          .formatted(shape);
    }
    long expected = size();
    if (expected < 0) {
      return "shape %s; expected no size below 0".formatted(shape);
    } else if (elements.size() != expected) {
      return "%d elements in data; expected %s for shape %s"
          .formatted(elements.size(), expected > Integer.MAX_VALUE ? "more" : expected, shape);
    }
    return nesting.isFlat() || nesting.shape().equals(tensor.getShapeList())
        ? null
        : "data of shape %s; expected shape %s, or one list".formatted(nesting.shape(), shape);
  }

  /**
   * Returns the number of elements of the shape, capped just above the size of any list; -1 if a
   * size is negative.
   */
  private long size() {
    long most = 1L + Integer.MAX_VALUE;
    long product = 1;
    for (long size : tensor.getShapeList()) {
      if (size < 0) {
        return -1;
      }
      product = Math.min(most, product * Math.min(most, size));
    }
    return product;
  }

  private @Nullable String numbersProblem(TensorDataType type) {
    if (!type.hasFractions() && (!elements.areWhole() || elements.hasNulls())) {
      return "fractions or nulls in data; expected whole numbers for " + type;
    }
    return elements.fit(type) ? null : "numbers in data beyond %s".formatted(type.range());
  }

  private boolean isBytes() {
    return tensor.getDatatype().equals(FieldValues.BYTES);
  }

  private @Nullable TensorDataType type() {
    return TensorDataType.named(tensor.getDatatype());
  }
}
