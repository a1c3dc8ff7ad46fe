package io.millrace.benchmarks.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.fuzz.EchoOracle.Expected;
import io.millrace.benchmarks.fuzz.EchoOracle.Kind;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelStreamInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over consecutive ModelStreamInfer calls of {@value #REQUESTS_PER_CALL} requests
 * each.
 */
final class StreamSender implements FuzzRun.Sender {
  private static final int REQUESTS_PER_CALL = 5000;
  private static final ServiceMethod<Buffer, Buffer> MODEL_STREAM_INFER =
      ServiceMethod.client(
          UnarySender.SERVICE,
          "ModelStreamInfer",
          GrpcMessageEncoder.IDENTITY,
          GrpcMessageDecoder.IDENTITY);

  private final GrpcClient client;
  private final SocketAddress address;
  private final Findings findings;
  private @Nullable Stream stream;

  StreamSender(Vertx vertx, int port, Findings findings) {
    this.client = GrpcClient.client(vertx);
    this.address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    this.findings = findings;
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    ModelInferRequest request = mutator.request();
    byte[] message =
        mutator.below(4) == 0 ? mutator.damaged(request.toByteArray()) : request.toByteArray();
    if (stream == null || stream.sent == REQUESTS_PER_CALL) {
      if (stream != null) {
        stream.end();
      }
      stream = new Stream();
    }
    return stream.send(message);
  }

  /** One call. */
  private final class Stream {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Future<GrpcClientRequest<Buffer, Buffer>> call;
    private int sent;

    Stream() {
      call = client.request(address, MODEL_STREAM_INFER);
      call.onFailure(failure -> ended(failure.toString()));
      call.onSuccess(
          request ->
              request
                  .response()
                  .onFailure(failure -> ended(failure.toString()))
                  .onSuccess(
                      response -> {
                        response.handler(this::look);
                        response.endHandler(nothing -> ended("" + response.status()));
                        response.exceptionHandler(failure -> ended(failure.toString()));
                      }));
    }

    private void ended(String how) {
      if (stream == this) {
        stream = null;
      }
      waiting.forEach(each -> each.answer.tryFail("the stream ended: " + how));
      waiting.clear();
    }

    Future<@Nullable String> send(byte[] message) {
      sent++;
      Waiting next = new Waiting(EchoOracle.expected(message), Promise.promise());
      waiting.add(next);
      call.onSuccess(
          request ->
              request
                  .write(Buffer.buffer(message))
                  .onFailure(failure -> next.answer.tryFail(failure)));
      return next.answer.future();
    }

    void end() {
      call.onSuccess(request -> request.end().onFailure(failure -> findings.problem("no end")));
    }

    private void look(Buffer message) {
      Waiting next = waiting.remove();
      try {
        ModelStreamInferResponse response = ModelStreamInferResponse.parseFrom(message.getBytes());
        next.answer.tryComplete(problem(next.expected, response));
      } catch (InvalidProtocolBufferException e) {
        next.answer.tryComplete("the answer is no ModelStreamInferResponse");
      }
    }

    private @Nullable String problem(Expected expected, ModelStreamInferResponse response) {
      boolean refused = !response.getErrorMessage().isEmpty();
      findings.answered(refused ? "stream refused" : "stream OK");
      String problem =
          refused
              ? refusalProblem(expected)
              : expected.kind() == Kind.OK
                  ? EchoOracle.problem(expected, response.getInferResponse())
                  : "answered what is " + expected.kind();
      return problem == null
          ? null
          : problem + " " + response.getErrorMessage() + ": " + expected.request();
    }

    private @Nullable String refusalProblem(Expected expected) {
      return expected.kind() != Kind.OK
              || expected.request().containsParameters("timeout")
              || EchoOracle.mayOverflow(expected)
          ? null
          : "refused";
    }
  }

  private record Waiting(Expected expected, Promise<@Nullable String> answer) {}
}
