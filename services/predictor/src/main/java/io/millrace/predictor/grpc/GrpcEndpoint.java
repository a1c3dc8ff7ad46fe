package io.millrace.predictor.grpc;

import static io.millrace.proto.inference.GRPCInferenceServiceGrpcService.SERVICE_DESCRIPTOR;
import static io.millrace.proto.inference.GRPCInferenceServiceGrpcService.SERVICE_NAME;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.OpenInference;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.ServiceBuilder;
import java.io.IOException;
import java.util.function.BiConsumer;

/** The Open Inference Protocol over gRPC, on one event loop. */
public final class GrpcEndpoint {
  /**
   * Encoded and decoded as bytes. So an unreadable request gets a status, raw contents are not
   * copied, and the beginning of the answer is already encoded.
   */
  private static final ServiceMethod<Buffer, Buffer> MODEL_STREAM_INFER =
      ServiceMethod.server(
          SERVICE_NAME,
          GRPCInferenceServiceGrpcService.ModelStreamInfer.methodName(),
          GrpcMessageEncoder.IDENTITY,
          GrpcMessageDecoder.IDENTITY);

  private final OpenInference protocol;
  private final Context eventLoop;
  private final AnsweringMetrics metrics;
  private final GrpcMessages messages;
  private final LongCalls open;

  public GrpcEndpoint(
      OpenInference protocol,
      Context eventLoop,
      AnsweringMetrics metrics,
      GrpcMessages messages,
      LongCalls open) {
    this.messages = messages;
    this.open = open;
    this.protocol = protocol;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
  }

  /**
   * @param admin whether RepositoryIndex and ModelStatistics are offered
   */
  public Service service(boolean admin) {
    ServiceBuilder service = protocolService();
    if (admin) {
      bind(
          service,
          GRPCInferenceServiceGrpcService.RepositoryIndex,
          (request, call) -> end(call, protocol.catalog().index(request.getReady())));
      bind(service, GRPCInferenceServiceGrpcService.ModelStatistics, this::modelStatistics);
    }
    return service.build();
  }

  private ServiceBuilder protocolService() {
    ServiceBuilder service =
        Service.service(SERVICE_NAME, SERVICE_DESCRIPTOR)
            .bind(MODEL_STREAM_INFER, this::modelStreamInfer);
    bind(
        service,
        GRPCInferenceServiceGrpcService.ServerLive,
        (request, call) ->
            end(call, ServerLiveResponse.newBuilder().setLive(protocol.isLive()).build()));
    bind(
        service,
        GRPCInferenceServiceGrpcService.ServerReady,
        (request, call) ->
            end(call, ServerReadyResponse.newBuilder().setReady(protocol.isReady()).build()));
    bind(
        service,
        GRPCInferenceServiceGrpcService.ServerMetadata,
        (request, call) -> end(call, protocol.catalog().server()));
    bind(service, GRPCInferenceServiceGrpcService.ModelReady, this::modelReady);
    bind(service, GRPCInferenceServiceGrpcService.ModelMetadata, this::modelMetadata);
    bind(service, GRPCInferenceServiceGrpcService.ModelConfig, this::modelConfig);
    return service;
  }

  private void modelReady(
      ModelReadyRequest request, GrpcServerResponse<ModelReadyRequest, ModelReadyResponse> call) {
    if (protocol.isKnown(request.getName())) {
      boolean ready = protocol.reasonAgainst(request.getName(), request.getVersion()).isEmpty();
      end(call, ModelReadyResponse.newBuilder().setReady(ready).build());
    } else {
      refuse(call, request.getName(), request.getVersion());
    }
  }

  private void modelMetadata(
      ModelMetadataRequest request,
      GrpcServerResponse<ModelMetadataRequest, ModelMetadataResponse> call) {
    ServedModel model = protocol.find(request.getName(), request.getVersion());
    if (model == null) {
      refuse(call, request.getName(), request.getVersion());
    } else {
      end(call, protocol.catalog().metadata(model));
    }
  }

  private void modelConfig(
      ModelConfigRequest request,
      GrpcServerResponse<ModelConfigRequest, ModelConfigResponse> call) {
    ServedModel model = protocol.find(request.getName(), request.getVersion());
    if (model == null) {
      refuse(call, request.getName(), request.getVersion());
    } else {
      end(call, protocol.catalog().config(model));
    }
  }

  private void modelStatistics(
      ModelStatisticsRequest request,
      GrpcServerResponse<ModelStatisticsRequest, ModelStatisticsResponse> call) {
    String name = request.getName();
    String version = request.getVersion();
    if (protocol.isMissing(name, version)) {
      refuse(call, name, version);
    } else {
      end(call, protocol.catalog().statistics(name, version));
    }
  }

  /** Answers a call of ModelInfer without the cost of a Vert.x gRPC call. */
  public void modelInfer(HttpServerRequest call) {
    messages.deliver(call, new GrpcCaller(call, protocol, eventLoop, metrics));
  }

  private void modelStreamInfer(GrpcServerRequest<Buffer, Buffer> call) {
    InferStream stream = new InferStream(call, protocol, eventLoop, metrics, open);
    stream.start();
    messages.deliver(call, stream);
  }

  /** Parses without copying raw contents, which stay slices of the message. */
  static ModelInferRequest parse(Buffer message) throws IOException {
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(message.getBytes()).newCodedInput();
    input.enableAliasing(true);
    ModelInferRequest request = ModelInferRequest.parseFrom(input);
    input.checkLastTagWas(0);
    return request;
  }

  private <Q, A> void bind(
      ServiceBuilder service,
      ServiceMethod<Q, A> method,
      BiConsumer<Q, GrpcServerResponse<Q, A>> answer) {
    service.bind(
        method,
        call ->
            messages.deliver(
                call,
                new OneRequest<>(
                    call,
                    method.decoder(),
                    request -> answer.accept(request, call.response()),
                    () -> {})));
  }

  private static <A> void end(GrpcServerResponse<?, A> call, A answer) {
    call.end(answer).onFailure(StatusMessage::unsent);
  }

  private void refuse(GrpcServerResponse<?, ?> call, String model, String version) {
    StatusMessage.refuse(call, protocol.missing(model, version));
  }
}
