package io.millrace.benchmarks.fuzz;

import com.google.protobuf.ByteString;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.millrace.quickstart.EchoModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Generates requests from a seed: valid ones, ones with a few errors, damaged ones, and random
 * bytes.
 */
final class RequestMutator {
  static final int MAX_MESSAGE_BYTES = 64 << 10;

  private static final List<String> TYPES =
      List.of(
          "BOOL", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP16",
          "BF16", "FP32", "FP64", "BYTES", "", "fp32", "FP99");
  private static final List<String> NAMES =
      List.of("pair", "c", "a", "b", "", "choice", "PAIR", "a\u0000", "\u00e9\u4e2d%,[]");
  private static final List<String> OUTPUTS = List.of("choice", "choice_class", "sum", "", "pair");
  private static final List<String> VERSIONS =
      List.of("", "1", "2", "3", "latest", "champion", "challenger", "-1", "1 ", "\u0661");
  private static final List<Long> SIZES =
      List.of(1L, 2L, 4L, 0L, -1L, 3L, 5L, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE);

  /** An odd constant that separates the series of consecutive numbers. */
  private static final long STEP = 0xd1342543de82ef95L;

  private static final float[] ODD = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -0f
  };

  private final SplittableRandom random;

  /**
   * @param number the number of the request; each has its own random series, so that it can be
   *     reproduced alone
   */
  RequestMutator(long seed, int number) {
    random = new SplittableRandom(seed ^ STEP * number);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns the bytes of a request. */
  byte[] next() {
    int kind = random.nextInt(100);
    if (kind < 5) {
      return bytes(random.nextInt(200));
    }
    byte[] message = request().toByteArray();
    if (kind == 5) {
      return Arrays.copyOf(message, MAX_MESSAGE_BYTES + 1 + random.nextInt(1000));
    }
    return kind < 35 ? damaged(message) : message;
  }

  /** Returns a valid request with up to three errors. */
  ModelInferRequest request() {
    ModelInferRequest.Builder request = right();
    for (int left = random.nextInt(4); left > 0; left--) {
      spoil(request);
    }
    return request.build();
  }

  /** Returns the message with some bytes changed, inserted or removed. */
  byte[] damaged(byte[] message) {
    byte[] damaged = message.clone();
    for (int left = 1 + random.nextInt(4); left > 0 && damaged.length > 0; left--) {
      int at = random.nextInt(damaged.length);
      damaged =
          switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(damaged, at);
            case 1 -> inserted(damaged, at);
            case 2 -> removed(damaged, at);
            default -> flipped(damaged, at);
          };
    }
    return damaged;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns a request of valid form; its numbers may be extreme. */
  ModelInferRequest.Builder right() {
    int rows = 1 + random.nextInt(EchoPredictor.MAX_ROWS);
    boolean raw = random.nextBoolean();
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(EchoModel.NAME)
            .setModelVersion(pick(List.of("", "", "1", "2", "latest")))
            .setId(Integer.toString(random.nextInt()));
    if (random.nextInt(3) == 0) {
      add(request, "a", rows, 1, raw);
      add(request, "b", rows, 1, raw);
    } else {
      add(request, "pair", rows, 2, raw);
    }
    add(request, "c", rows, 1, raw);
    if (random.nextInt(4) == 0) {
      request.addOutputs(InferRequestedOutputTensor.newBuilder().setName("sum"));
    }
    return request;
  }

  private void add(
      ModelInferRequest.Builder request, String name, int rows, int width, boolean raw) {
    String type = raw ? pick(List.of("FP32", "FP64", "INT16", "UINT64", "BF16")) : typed();
    InferInputTensor.Builder tensor =
        InferInputTensor.newBuilder().setName(name).setDatatype(type).addShape(rows);
    if (width > 1 || random.nextBoolean()) {
      tensor.addShape(width);
    }
    if (raw) {
      request.addRawInputContents(rawContents(type, rows * width));
    } else {
      tensor.setContents(typedContents(type, rows * width));
    }
    request.addInputs(tensor);
  }

  private String typed() {
    return pick(List.of("FP32", "FP32", "FP64", "INT32", "INT64", "UINT32", "UINT64", "BOOL"));
  }

  private InferTensorContents typedContents(String type, int count) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (int i = 0; i < count; i++) {
      switch (type) {
        case "FP64" -> contents.addFp64Contents(number());
        case "INT32" -> contents.addIntContents(random.nextInt(-1000, 1000));
        case "INT64" -> contents.addInt64Contents(random.nextLong(-1000, 1000));
        case "UINT32" -> contents.addUintContents(random.nextInt(1000));
        case "UINT64" -> contents.addUint64Contents(random.nextLong(1000));
        case "BOOL" -> contents.addBoolContents(random.nextBoolean());
        default -> contents.addFp32Contents(number());
      }
    }
    return contents.build();
  }

  private ByteString rawContents(String type, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (type) {
        case "FP64" -> bytes.putDouble(number());
        case "INT16" -> bytes.putShort((short) random.nextInt());
        case "UINT64" -> bytes.putLong(random.nextLong());
        case "BF16" -> bytes.putShort((short) (Float.floatToRawIntBits(number()) >>> 16));
        default -> bytes.putFloat(number());
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private float number() {
    return random.nextInt(40) == 0
        ? ODD[random.nextInt(ODD.length)]
        : (random.nextInt(2001) - 1000) / 8f;
  }

  private void spoil(ModelInferRequest.Builder request) {
    int inputs = request.getInputsCount();
    int input = inputs == 0 ? -1 : random.nextInt(inputs);
    switch (random.nextInt(12)) {
      case 0 -> request.setModelName(pick(List.of("", "other", "echo ", "ECHO")));
      case 1 -> request.setModelVersion(pick(VERSIONS));
      case 2 -> request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(pick(OUTPUTS)));
      case 3 -> request.putParameters(pick(List.of("priority", "timeout", "x")), parameter());
      case 4 -> request.addRawInputContents(ByteString.copyFrom(bytes(random.nextInt(40))));
      case 5 -> request.clearRawInputContents();
      case 6 -> add(request, pick(NAMES), 1 + random.nextInt(5), 1 + random.nextInt(2), false);
      default -> {
        if (input >= 0) {
          request.setInputs(input, spoiled(request.getInputs(input).toBuilder()));
        }
      }
    }
  }

  private InferInputTensor spoiled(InferInputTensor.Builder tensor) {
    switch (random.nextInt(6)) {
      case 0 -> tensor.setName(pick(NAMES));
      case 1 -> tensor.setDatatype(pick(TYPES));
      case 2 -> tensor.addShape(pick(SIZES));
      case 3 -> tensor.clearShape().addShape(pick(SIZES)).addShape(pick(SIZES));
      case 4 -> tensor.setContents(typedContents(typed(), random.nextInt(9)));
      default ->
          tensor.setContents(
              tensor.getContents().toBuilder()
                  .mergeFrom(typedContents(typed(), random.nextInt(3))));
    }
    return tensor.build();
  }

  private InferParameter parameter() {
    InferParameter.Builder parameter = InferParameter.newBuilder();
    switch (random.nextInt(6)) {
      case 0 -> parameter.setStringParam("1");
      case 1 -> parameter.setBoolParam(true);
      case 2 -> parameter.setInt64Param(random.nextLong(-5, 5));
      case 3 -> parameter.setUint64Param(random.nextLong());
      case 4 -> parameter.setDoubleParam(1);
      default -> parameter.setInt64Param(Long.MAX_VALUE);
    }
    return parameter.build();
  }

  private byte[] inserted(byte[] message, int at) {
    byte[] piece = bytes(1 + random.nextInt(8));
    byte[] longer = Arrays.copyOf(message, message.length + piece.length);
    System.arraycopy(piece, 0, longer, at, piece.length);
    System.arraycopy(message, at, longer, at + piece.length, message.length - at);
    return longer;
  }

  private byte[] removed(byte[] message, int at) {
    int length = Math.min(message.length - at, 1 + random.nextInt(8));
    byte[] shorter = Arrays.copyOf(message, message.length - length);
    System.arraycopy(message, at + length, shorter, at, message.length - at - length);
    return shorter;
  }

  private byte[] flipped(byte[] message, int at) {
    message[at] ^= (byte) (1 << random.nextInt(8));
    return message;
  }

  <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
