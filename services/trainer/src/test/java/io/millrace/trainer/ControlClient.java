package io.millrace.trainer;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.proto.control.v1.Status;
import io.millrace.proto.control.v1.StatusRequest;
import io.millrace.proto.control.v1.TrainingControlGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.ServiceMethod;
import java.util.concurrent.TimeUnit;

/** Calls a trainer over gRPC and waits for the answer. */
final class ControlClient implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final GrpcClient client = GrpcClient.client(vertx);
  private final SocketAddress address;
  private final String authorization;

  ControlClient(int port) {
    this(port, "");
  }

  /**
   * @param authorization the {@code Authorization} header; empty for none
   */
  ControlClient(int port, String authorization) {
    this.authorization = authorization;
    address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
  }

  CommandResult execute(Command.Builder command) throws Exception {
    return call(TrainingControlGrpcClient.Execute, command.build());
  }

  Status status(String model) throws Exception {
    return call(
        TrainingControlGrpcClient.GetStatus, StatusRequest.newBuilder().setModel(model).build());
  }

  @Override
  public void close() throws Exception {
    await(client.close().compose(closed -> vertx.close()));
  }

  private <Q, A> A call(ServiceMethod<A, Q> method, Q request) throws Exception {
    return await(
        client
            .request(address, method)
            .onSuccess(this::authorize)
            .compose(call -> call.send(request))
            .compose(ControlClient::answer));
  }

  private void authorize(GrpcClientRequest<?, ?> call) {
    if (!authorization.isEmpty()) {
      call.headers().set(HttpHeaders.AUTHORIZATION, authorization);
    }
  }

  private static <Q, A> Future<A> answer(GrpcClientResponse<Q, A> response) {
    return response
        .last()
        .recover(
            failure ->
                Future.failedFuture(
                    new IllegalStateException(
                        response.status() + ": " + response.statusMessage(), failure)));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
