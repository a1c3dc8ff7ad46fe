package io.millrace.benchmarks.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.quickstart.EchoModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines what the predictor of {@link EchoModel} must answer to a message, by the protocol's
 * rules and without the predictor's code.
 */
final class EchoOracle {
  private static final Map<String, int[]> COLUMNS =
      Map.of("pair", new int[] {0, 1}, "a", new int[] {0}, "b", new int[] {1}, "c", new int[] {2});
  private static final List<String> OUTPUTS = List.of("choice", "choice_class", "sum");
  private static final Set<String> SCHEDULING = Set.of("priority", "timeout");
  private static final String FINAL_RESPONSE = "triton_enable_empty_final_response";
  private static final double TOLERANCE = 1e-5;

  /** Sums of such numbers may or may not overflow, depending on the order of addition. */
  private static final double NEAR_OVERFLOW = 1e38;

  private final ModelInferRequest request;
  private float[][] rows = {};

  private EchoOracle(ModelInferRequest request) {
    this.request = request;
  }

  /** The expected answer to a message; for {@code OK}, with the values of its rows. */
  record Expected(Kind kind, ModelInferRequest request, float[][] rows) {}

  /** The kinds of answers. */
  enum Kind {
    OK,
    INVALID,
    NOT_FOUND,
    TOO_LARGE
  }

  static Expected expected(byte[] message) {
    ModelInferRequest none = ModelInferRequest.getDefaultInstance();
    if (message.length > RequestMutator.MAX_MESSAGE_BYTES) {
      return new Expected(Kind.TOO_LARGE, none, new float[0][]);
    }
    try {
      ModelInferRequest request = ModelInferRequest.parseFrom(message);
      EchoOracle oracle = new EchoOracle(request);
      return new Expected(oracle.kind(), request, oracle.rows);
    } catch (InvalidProtocolBufferException e) {
      return new Expected(Kind.INVALID, none, new float[0][]);
    }
  }

  /** Returns whether the predictor may answer that an output is not finite. */
  static boolean mayOverflow(Expected expected) {
    return Arrays.stream(expected.rows()).anyMatch(row -> largest(row) > NEAR_OVERFLOW);
  }

  /** Returns what is wrong with an answer, or null. */
  static @Nullable String problem(Expected expected, ModelInferResponse response) {
    ModelInferRequest request = expected.request();
    boolean raw = request.getRawInputContentsCount() > 0;
    List<String> names =
        request.getOutputsCount() == 0
            ? OUTPUTS
            : request.getOutputsList().stream().map(InferRequestedOutputTensor::getName).toList();
    if (!response.getId().equals(request.getId())
        || response.getOutputsCount() != names.size()
        || response.getRawOutputContentsCount() != (raw ? names.size() : 0)) {
      return "its form is wrong";
    }
    int version = version(request.getModelVersion());
    if (!response.getModelVersion().equals(Integer.toString(version))) {
      return "its version is " + response.getModelVersion();
    }
    for (int i = 0; i < names.size(); i++) {
      String problem =
          response.getOutputs(i).getName().equals(names.get(i))
              ? values(expected.rows(), names.get(i), version, response, i, raw)
              : "its outputs are in another order";
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private Kind kind() {
    if (!request.getModelName().equals(EchoModel.NAME) || version(request.getModelVersion()) == 0) {
      return Kind.NOT_FOUND;
    }
    return hasGoodParameters() && hasGoodOutputs() && hasGoodInputs() ? Kind.OK : Kind.INVALID;
  }

  private static int version(String version) {
    return switch (version) {
      case "", "2", "latest", "champion" -> 2;
      case "1" -> 1;
      default -> 0;
    };
  }

  private boolean hasGoodParameters() {
    return request.getParametersMap().entrySet().stream()
        .allMatch(
            parameter ->
                parameter.getKey().equals(FINAL_RESPONSE)
                    || (SCHEDULING.contains(parameter.getKey()) && isNumber(parameter.getValue())));
  }

  private static boolean isNumber(InferParameter parameter) {
    return parameter.hasUint64Param()
        || (parameter.hasInt64Param() && parameter.getInt64Param() >= 0);
  }

  private boolean hasGoodOutputs() {
    long distinct =
        request.getOutputsList().stream()
            .map(InferRequestedOutputTensor::getName)
            .distinct()
            .count();
    return request.getOutputsCount() == distinct
        && request.getOutputsList().stream()
            .allMatch(o -> OUTPUTS.contains(o.getName()) && o.getParametersCount() == 0);
  }

  private boolean hasGoodInputs() {
    int raws = request.getRawInputContentsCount();
    if ((raws > 0 && raws != request.getInputsCount()) || request.getInputsCount() == 0) {
      return false;
    }
    long count = request.getInputs(0).getShapeCount() == 0 ? 0 : request.getInputs(0).getShape(0);
    if (count < 1 || count > EchoPredictor.MAX_ROWS) {
      return false;
    }
    rows = new float[(int) count][3];
    boolean[] given = new boolean[3];
    for (int i = 0; i < request.getInputsCount(); i++) {
      if (!take(request.getInputs(i), i, given)) {
        return false;
      }
    }
    return given[0] && given[1] && given[2];
  }

  private boolean take(InferInputTensor tensor, int index, boolean[] given) {
    int[] columns = COLUMNS.get(tensor.getName());
    if (columns == null
        || tensor.getParametersCount() > 0
        || !Elements.isNumeric(tensor.getDatatype())
        || !hasShape(tensor, columns.length)) {
      return false;
    }
    int count = rows.length * columns.length;
    List<Float> values = values(tensor, index, count);
    if (values.size() != count || values.stream().anyMatch(value -> !Float.isFinite(value))) {
      return false;
    }
    for (int column = 0; column < columns.length; column++) {
      if (given[columns[column]]) {
        return false;
      }
      given[columns[column]] = true;
      for (int row = 0; row < rows.length; row++) {
        rows[row][columns[column]] = values.get(row * columns.length + column);
      }
    }
    return true;
  }

  private List<Float> values(InferInputTensor tensor, int index, int count) {
    if (request.getRawInputContentsCount() == 0) {
      return Elements.typed(tensor.getDatatype(), tensor.getContents());
    }
    return tensor.getContents().getSerializedSize() > 0
        ? List.of()
        : Elements.raw(tensor.getDatatype(), request.getRawInputContents(index), count);
  }

  private boolean hasShape(InferInputTensor tensor, int width) {
    if (tensor.getShapeCount() == 0 || tensor.getShape(0) != rows.length) {
      return false;
    }
    long product = 1;
    for (long size : tensor.getShapeList().subList(1, tensor.getShapeCount())) {
      if (size < 1 || size > width) {
        return false;
      }
      product *= size;
    }
    return product == width;
  }

  private static @Nullable String values(
      float[][] rows, String name, int version, ModelInferResponse response, int at, boolean raw) {
    List<Object> found = raw ? rawValues(name, response, at) : typedValues(name, response, at);
    List<Object> wanted = new ArrayList<>();
    for (float[] row : rows) {
      switch (name) {
        case "choice" -> wanted.addAll(List.of(row[0], row[1]));
        case "choice_class" -> wanted.add(row[1] > row[0] ? "yes" : "no");
        default -> wanted.add((float) ((double) row[0] + row[1] + row[2] + version));
      }
    }
    boolean same = found.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      double size = Math.abs(largest(rows[i * rows.length / wanted.size()])) + 1;
      same = isSame(wanted.get(i), found.get(i), TOLERANCE * size);
    }
    return same ? null : "%s is %s instead of %s".formatted(name, found, wanted);
  }

  private static double largest(float[] row) {
    return Math.max(Math.abs(row[0]), Math.max(Math.abs(row[1]), Math.abs(row[2])));
  }

  private static boolean isSame(Object wanted, Object found, double tolerance) {
    return wanted instanceof Float number && found instanceof Float other
        ? !(Math.abs(number - other) > tolerance) || tolerance > 1e30 // either near overflow
        : wanted.equals(found);
  }

  private static List<Object> typedValues(String name, ModelInferResponse response, int at) {
    return name.endsWith("_class")
        ? response.getOutputs(at).getContents().getBytesContentsList().stream()
            .<Object>map(ByteString::toStringUtf8)
            .toList()
        : List.copyOf(response.getOutputs(at).getContents().getFp32ContentsList());
  }

  private static List<Object> rawValues(String name, ModelInferResponse response, int at) {
    ByteBuffer bytes =
        ByteBuffer.wrap(response.getRawOutputContents(at).toByteArray())
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Object> values = new ArrayList<>();
    while (bytes.hasRemaining()) {
      if (name.endsWith("_class")) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        values.add(new String(text, StandardCharsets.UTF_8));
      } else {
        values.add(bytes.getFloat());
      }
    }
    return values;
  }
}
