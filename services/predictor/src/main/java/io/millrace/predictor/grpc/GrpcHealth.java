package io.millrace.predictor.grpc;

import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.Shortened;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcService;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.handler.GrpcHealthCheckV1Handler;
import io.vertx.grpc.health.handler.GrpcHealthWatchV1Handler;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthProto;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The gRPC health protocol, on one event loop. The empty name and the name of the inference service
 * stand for the server; every other name stands for a model.
 *
 * <p>Vert.x's own health service reports a server as healthy from its start and repeats itself to
 * watchers. This one follows readiness and reports only changes.
 */
public final class GrpcHealth {
  private static final ServiceName NAME = ServiceName.create("grpc.health.v1.Health");
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final OpenInference protocol;
  private final GrpcMessages messages;
  private final LongCalls open;
  private final List<Watch> watches = new ArrayList<>();

  public GrpcHealth(OpenInference protocol, Vertx vertx, GrpcMessages messages, LongCalls open) {
    this.messages = messages;
    this.open = open;
    this.protocol = protocol;
    vertx.setPeriodic(INTERVAL.toMillis(), timer -> watches.removeIf(Watch::isOver));
  }

  public Service service() {
    return Service.service(NAME, HealthProto.getDescriptor().findServiceByName("Health"))
        .bind(GrpcHealthCheckV1Handler.SERVICE_METHOD, this::check)
        .bind(GrpcHealthWatchV1Handler.SERVICE_METHOD, this::watch)
        .build();
  }

  private void check(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call) {
    deliver(call, request -> answer(call.response(), request.getService()), () -> {});
  }

  private void answer(
      GrpcServerResponse<HealthCheckRequest, HealthCheckResponse> response, String service) {
    ServingStatus status = status(service);
    if (status == ServingStatus.SERVICE_UNKNOWN) {
      StatusMessage.refuse(
          response, Refusal.notFound("'%s' is unknown here".formatted(Shortened.of(service))));
    } else {
      response
          .end(HealthCheckResponse.newBuilder().setStatus(status).build())
          .onFailure(StatusMessage::unsent);
    }
  }

  private void watch(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call) {
    Watch watch = new Watch(call);
    deliver(call, request -> watch.start(request.getService()), watch::over);
  }

  private void deliver(
      GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call,
      Consumer<HealthCheckRequest> onRequest,
      Runnable onGone) {
    messages.deliver(
        call,
        new OneRequest<>(
            call, GrpcHealthCheckV1Handler.SERVICE_METHOD.decoder(), onRequest, onGone));
  }

  private ServingStatus status(String service) {
    if (service.isEmpty()
        || service.equals(GRPCInferenceServiceGrpcService.SERVICE_NAME.fullyQualifiedName())) {
      return protocol.isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }
    if (!protocol.isKnown(service)) {
      return ServingStatus.SERVICE_UNKNOWN;
    }
    return protocol.reasonAgainst(service, "").isEmpty()
        ? ServingStatus.SERVING
        : ServingStatus.NOT_SERVING;
  }

  /** A Watch call, which reports changes of one status. */
  private final class Watch {
    private final GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call;
    private final Runnable stop = this::stop;
    private String service = "";
    private ServingStatus told = ServingStatus.UNRECOGNIZED;
    private boolean over;

    Watch(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call) {
      this.call = call;
    }

    void start(String service) {
      this.service = service;
      watches.add(this);
      open.add(call.connection(), stop);
      tell();
    }

    /** Reports a change; returns whether the call is over. */
    boolean isOver() {
      if (!over) {
        tell();
      }
      return over;
    }

    private void stop() {
      if (!over) {
        over();
        StatusMessage.refuse(call.response(), Refusal.unavailable("the server stops"));
      }
    }

    private void over() {
      over = true;
      open.remove(call.connection(), stop);
    }

    private void tell() {
      ServingStatus now = status(service);
      if (now != told) {
        told = now;
        call.response()
            .write(HealthCheckResponse.newBuilder().setStatus(now).build())
            .onFailure(failure -> over());
      }
    }
  }
}
