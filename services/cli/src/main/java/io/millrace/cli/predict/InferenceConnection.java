package io.millrace.cli.predict;

import com.google.protobuf.ByteString;
import io.millrace.learning.InputSettings;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A gRPC connection to a predictor that speaks the Open Inference Protocol. Its methods wait, and
 * may be called by any thread but an event loop.
 */
public final class InferenceConnection implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 10;
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  private final Vertx vertx = Vertx.vertx(options());
  private final GrpcClient client =
      GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(MAX_MESSAGE_BYTES));
  private final SocketAddress address;

  public InferenceConnection(String host, int port) {
    this.address = SocketAddress.inetSocketAddress(port, host);
  }

  /**
   * Asks for the predictions of all rows in one call.
   *
   * @throws RefusedException where the predictor answers without a prediction
   * @throws IOException where it cannot be reached, or does not answer in time
   */
  public Answer infer(String model, Features features) throws IOException {
    ModelInferRequest request = request(model, features);
    return answer(await(send(request)), features.rows());
  }

  @Override
  public void close() {
    try {
      await(client.close().compose(closed -> vertx.close()));
    } catch (IOException e) {
      throw new IllegalStateException("the connection to " + address + " did not close", e);
    }
  }

  private static VertxOptions options() {
    // Nothing is served from files, so there is no need for a cache folder on the disk.
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(noCache);
  }

  private Future<ModelInferResponse> send(ModelInferRequest request) {
    return client
        .request(address, GRPCInferenceServiceGrpcClient.ModelInfer)
        .compose(call -> call.send(request))
        .compose(
            response ->
                response
                    .last()
                    .recover(failure -> Future.failedFuture(refused(response, failure))));
  }

  private static Throwable refused(GrpcClientResponse<?, ?> response, Throwable failure) {
    if (response.status() == null) {
      return failure;
    }
    String message = response.statusMessage();
    return new RefusedException(
        response.status(),
        message == null || message.isEmpty() ? response.status().name() : message);
  }

  private <T> T await(Future<T> future) throws IOException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new IOException("no answer from " + address + ": " + reason(e), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer from " + address + " in " + TIMEOUT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  private static ModelInferRequest request(String model, Features features) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    for (int i = 0; i < features.inputs().size(); i++) {
      InputSettings input = features.inputs().get(i);
      request
          .addInputsBuilder()
          .setName(input.name())
          .setDatatype("FP32")
          .addShape(features.rows())
          .addShape(input.size());
      request.addRawInputContents(littleEndian(features.values(i)));
    }
    return request.build();
  }

  private static ByteString littleEndian(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  private static Answer answer(ModelInferResponse response, int rows) {
    Map<String, Output> outputs = new LinkedHashMap<>();
    for (int i = 0; i < response.getRawOutputContentsCount(); i++) {
      ModelInferResponse.InferOutputTensor tensor = response.getOutputs(i);
      if (tensor.getDatatype().equals("FP32")) {
        outputs.put(tensor.getName(), new Output(floats(response.getRawOutputContents(i)), rows));
      }
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    response.getParametersMap().forEach((name, value) -> parameters.put(name, text(value)));
    return new Answer(response.getModelVersion(), outputs, parameters);
  }

  private static float[] floats(ByteString raw) {
    float[] values = new float[raw.size() / Float.BYTES];
    raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static String text(InferParameter value) {
    return switch (value.getParameterChoiceCase()) {
      case BOOL_PARAM -> String.valueOf(value.getBoolParam());
      case INT64_PARAM -> String.valueOf(value.getInt64Param());
      case STRING_PARAM -> value.getStringParam();
      case DOUBLE_PARAM -> String.valueOf(value.getDoubleParam());
      case UINT64_PARAM -> Long.toUnsignedString(value.getUint64Param());
      case PARAMETERCHOICE_NOT_SET -> "";
    };
  }
}
