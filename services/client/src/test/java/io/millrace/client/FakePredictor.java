package io.millrace.client;

import io.millrace.proto.inference.GRPCInferenceServiceGrpcService;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A predictor on a real socket with the behaviour that a test sets. It answers each tensor with
 * itself, and has its own version.
 */
final class FakePredictor implements AutoCloseable {
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  final List<ModelInferRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx();
  private final String version;
  private final AtomicInteger refusals;
  private final GrpcStatus refusal;
  private final long delayMillis;
  private final HttpServer server;

  private FakePredictor(
      String version,
      int refusals,
      GrpcStatus refusal,
      long delayMillis,
      HttpServerOptions options) {
    this.version = version;
    this.refusals = new AtomicInteger(refusals);
    this.refusal = refusal;
    this.delayMillis = delayMillis;
    GrpcServer grpc = GrpcServer.server(vertx);
    grpc.callHandler(GRPCInferenceServiceGrpcService.ModelInfer, this::infer);
    server = vertx.createHttpServer(options).requestHandler(grpc);
    await(server.listen(0, "127.0.0.1"));
  }

  static FakePredictor answering(String version) {
    return answering(version, new HttpServerOptions());
  }

  static FakePredictor answering(String version, HttpServerOptions options) {
    return new FakePredictor(version, 0, GrpcStatus.OK, 0, options);
  }

  static FakePredictor slow(String version, long delayMillis) {
    return new FakePredictor(version, 0, GrpcStatus.OK, delayMillis, new HttpServerOptions());
  }

  /** Refuses this many requests, then answers. */
  static FakePredictor refusing(int refusals, GrpcStatus status) {
    return new FakePredictor("1", refusals, status, 0, new HttpServerOptions());
  }

  Address address() {
    return new Address("127.0.0.1", server.actualPort());
  }

  /** Waits until this many requests have arrived. */
  void awaitRequests(int count) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (requests.size() < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError(requests.size() + " of " + count + " requests came");
      }
      Thread.onSpinWait();
    }
  }

  /** Stops in order: takes no new calls and finishes those in flight. */
  void drain() {
    await(server.shutdown(10, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static void await(Future<?> future) {
    try {
      future.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private void infer(GrpcServerRequest<ModelInferRequest, ModelInferResponse> call) {
    @Nullable String authorization = call.headers().get("authorization");
    if (authorization != null) {
      authorizations.add(authorization);
    }
    call.handler(
        request -> {
          requests.add(request);
          if (refusals.getAndDecrement() > 0) {
            call.response().status(refusal).statusMessage("not now").end();
          } else if (delayMillis == 0) {
            call.response().end(echo(request));
          } else {
            vertx.setTimer(delayMillis, timer -> call.response().end(echo(request)));
          }
        });
  }

  private ModelInferResponse echo(ModelInferRequest request) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder().setId(request.getId()).setModelVersion(version);
    for (ModelInferRequest.InferInputTensor input : request.getInputsList()) {
      response
          .addOutputsBuilder()
          .setName(input.getName())
          .setDatatype(input.getDatatype())
          .addAllShape(input.getShapeList());
    }
    response.addAllRawOutputContents(request.getRawInputContentsList());
    response.putParameters(
        "trained_records",
        io.millrace.proto.inference.InferParameter.newBuilder().setInt64Param(15).build());
    return response.build();
  }
}
