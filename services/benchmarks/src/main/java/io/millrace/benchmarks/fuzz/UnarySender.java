package io.millrace.benchmarks.fuzz;

import io.millrace.benchmarks.fuzz.EchoOracle.Expected;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import org.jspecify.annotations.Nullable;

/** Sends messages with ModelInfer. */
final class UnarySender implements FuzzRun.Sender {
  static final ServiceName SERVICE = ServiceName.create("inference.GRPCInferenceService");

  private static final ServiceMethod<Buffer, Buffer> MODEL_INFER =
      ServiceMethod.client(
          SERVICE, "ModelInfer", GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);

  private final GrpcClient client;
  private final SocketAddress address;
  private final Findings findings;

  UnarySender(Vertx vertx, int port, Findings findings) {
    this.client = GrpcClient.client(vertx);
    this.address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    this.findings = findings;
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    byte[] message = mutator.next();
    Expected expected = EchoOracle.expected(message);
    return client
        .request(address, MODEL_INFER)
        .compose(request -> request.send(Buffer.buffer(message)))
        .compose(response -> look(expected, response));
  }

  private Future<@Nullable String> look(
      Expected expected, GrpcClientResponse<Buffer, Buffer> response) {
    Future<@Nullable Buffer> last =
        response.status() == null
            ? response.last().map(buffer -> buffer)
            : Future.succeededFuture();
    return last.map(
        message -> {
          GrpcStatus status = response.status();
          findings.answered("unary " + Verdict.name(status));
          return Verdict.problem(expected, status, message);
        });
  }
}
