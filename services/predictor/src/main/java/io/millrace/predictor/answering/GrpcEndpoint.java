package io.millrace.predictor.answering;

import static io.millrace.proto.inference.GRPCInferenceServiceGrpcService.SERVICE_DESCRIPTOR;
import static io.millrace.proto.inference.GRPCInferenceServiceGrpcService.SERVICE_NAME;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.predictor.following.ServedModel;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcService;
import io.millrace.proto.inference.ModelConfigRequest;
import io.millrace.proto.inference.ModelConfigResponse;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelMetadataRequest;
import io.millrace.proto.inference.ModelMetadataResponse;
import io.millrace.proto.inference.ModelReadyRequest;
import io.millrace.proto.inference.ModelReadyResponse;
import io.millrace.proto.inference.ModelStatisticsRequest;
import io.millrace.proto.inference.ModelStatisticsResponse;
import io.millrace.proto.inference.ServerLiveResponse;
import io.millrace.proto.inference.ServerReadyResponse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.ServiceBuilder;
import io.vertx.grpc.server.StatusException;
import java.io.IOException;
import java.util.function.Function;

/** The Open Inference Protocol over gRPC, on one event loop. */
final class GrpcEndpoint {
  /**
   * Bytes both ways: so what is no request gets a status, raw contents are not copied, and the
   * beginning of the answer is encoded already.
   */
  private static final ServiceMethod<Buffer, Buffer> MODEL_INFER =
      ServiceMethod.server(
          SERVICE_NAME,
          GRPCInferenceServiceGrpcService.ModelInfer.methodName(),
          GrpcMessageEncoder.IDENTITY,
          GrpcMessageDecoder.IDENTITY);

  private static final ServiceMethod<Buffer, Buffer> MODEL_STREAM_INFER =
      ServiceMethod.server(
          SERVICE_NAME,
          GRPCInferenceServiceGrpcService.ModelStreamInfer.methodName(),
          GrpcMessageEncoder.IDENTITY,
          GrpcMessageDecoder.IDENTITY);

  private final OpenInference protocol;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;
  private final LongCalls open;

  GrpcEndpoint(
      OpenInference protocol, Context eventLoop, AnsweringMetrics metrics, LongCalls open) {
    this.open = open;
    this.protocol = protocol;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
  }

  /**
   * @param admin whether what is served and how it is used may be asked for
   */
  Service service(boolean admin) {
    ServiceBuilder service = protocolService();
    if (admin) {
      service
          .bind(
              GRPCInferenceServiceGrpcService.RepositoryIndex,
              unary(
                  request -> Future.succeededFuture(protocol.catalog().index(request.getReady()))))
          .bind(GRPCInferenceServiceGrpcService.ModelStatistics, unary(this::modelStatistics));
    }
    return service.build();
  }

  private ServiceBuilder protocolService() {
    return Service.service(SERVICE_NAME, SERVICE_DESCRIPTOR)
        .bind(
            GRPCInferenceServiceGrpcService.ServerLive,
            unary(
                request ->
                    Future.succeededFuture(
                        ServerLiveResponse.newBuilder().setLive(protocol.isLive()).build())))
        .bind(
            GRPCInferenceServiceGrpcService.ServerReady,
            unary(
                request ->
                    Future.succeededFuture(
                        ServerReadyResponse.newBuilder().setReady(protocol.isReady()).build())))
        .bind(
            GRPCInferenceServiceGrpcService.ServerMetadata,
            unary(request -> Future.succeededFuture(protocol.catalog().server())))
        .bind(GRPCInferenceServiceGrpcService.ModelReady, unary(this::modelReady))
        .bind(GRPCInferenceServiceGrpcService.ModelMetadata, unary(this::modelMetadata))
        .bind(GRPCInferenceServiceGrpcService.ModelConfig, unary(this::modelConfig))
        .bind(MODEL_INFER, this::modelInfer)
        .bind(
            MODEL_STREAM_INFER,
            call -> new InferStream(call, protocol, eventLoop, metrics, open).start());
  }

  private Future<ModelReadyResponse> modelReady(ModelReadyRequest request) {
    if (!protocol.isKnown(request.getName())) {
      return refused(protocol.missing(request.getName(), request.getVersion()));
    }
    boolean ready = protocol.find(request.getName(), request.getVersion()) != null;
    return Future.succeededFuture(ModelReadyResponse.newBuilder().setReady(ready).build());
  }

  private Future<ModelMetadataResponse> modelMetadata(ModelMetadataRequest request) {
    ServedModel model = protocol.find(request.getName(), request.getVersion());
    return model == null
        ? refused(protocol.missing(request.getName(), request.getVersion()))
        : Future.succeededFuture(protocol.catalog().metadata(model));
  }

  private Future<ModelConfigResponse> modelConfig(ModelConfigRequest request) {
    ServedModel model = protocol.find(request.getName(), request.getVersion());
    return model == null
        ? refused(protocol.missing(request.getName(), request.getVersion()))
        : Future.succeededFuture(protocol.catalog().config(model));
  }

  private Future<ModelStatisticsResponse> modelStatistics(ModelStatisticsRequest request) {
    String name = request.getName();
    String version = request.getVersion();
    return protocol.isMissing(name, version)
        ? refused(protocol.missing(name, version))
        : Future.succeededFuture(protocol.catalog().statistics(name, version));
  }

  private void modelInfer(GrpcServerRequest<Buffer, Buffer> call) {
    GrpcCaller caller = new GrpcCaller(call, eventLoop, metrics);
    call.handler(message -> modelInfer(message, caller));
    call.endHandler(nothing -> caller.sentEverything());
  }

  private void modelInfer(Buffer message, GrpcCaller caller) {
    if (!caller.asks()) {
      return; // a unary call has one message: what comes after it is ignored
    }
    try {
      protocol.infer(parse(message), caller.timeoutNanos(), caller);
    } catch (IOException e) {
      caller.refuse(Refusal.invalid("the message is no ModelInferRequest: " + e.getMessage()));
    }
  }

  /** Parses without copying raw contents: they stay slices of the message. */
  static ModelInferRequest parse(Buffer message) throws IOException {
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(message.getBytes()).newCodedInput();
    input.enableAliasing(true);
    ModelInferRequest request = ModelInferRequest.parseFrom(input);
    input.checkLastTagWas(0);
    return request;
  }

  private static <Q, A> Handler<GrpcServerRequest<Q, A>> unary(Function<Q, Future<A>> method) {
    return call ->
        call.handler(
            request ->
                method
                    .apply(request)
                    .onComplete(call.response()::end, failure -> fail(call, failure)));
  }

  private static void fail(GrpcServerRequest<?, ?> call, Throwable failure) {
    if (failure instanceof StatusException refusal) {
      StatusMessage.put(call.response().trailers(), refusal.message());
    }
    call.response().fail(failure);
  }

  private static <A> Future<A> refused(Refusal refusal) {
    return Future.failedFuture(new StatusException(refusal.status(), refusal.message()));
  }
}
