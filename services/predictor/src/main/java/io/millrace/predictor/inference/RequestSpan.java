package io.millrace.predictor.inference;

import io.millrace.predictor.following.ServedModel;
import io.millrace.runtime.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The span of one inference request, beneath the caller's own, with the attributes of
 * OpenTelemetry's conventions for gRPC and HTTP, and model and version. On the request's event
 * loop.
 */
final class RequestSpan {
  /** The statuses that are the server's errors, by those conventions. */
  private static final Set<GrpcStatus> ERRORS =
      EnumSet.of(
          GrpcStatus.UNKNOWN,
          GrpcStatus.DEADLINE_EXCEEDED,
          GrpcStatus.UNIMPLEMENTED,
          GrpcStatus.INTERNAL,
          GrpcStatus.UNAVAILABLE,
          GrpcStatus.DATA_LOSS);

  private final Span span;

  /** The request over REST; null where it came over gRPC. */
  private final @Nullable HttpServerRequest rest;

  private RequestSpan(Span span, @Nullable HttpServerRequest rest) {
    this.span = span;
    this.rest = rest;
  }

  /** Begins the span of a gRPC call; null where nothing is traced. */
  static @Nullable RequestSpan ofGrpc(MultiMap headers, String service, String method) {
    if (!Tracing.ofProcess().isOn()) {
      return null;
    }
    Span span =
        builder(headers, service + "/" + method)
            .setAttribute("rpc.system", "grpc")
            .setAttribute("rpc.service", service)
            .setAttribute("rpc.method", method)
            .startSpan();
    return new RequestSpan(span, null);
  }

  /** Begins the span of a request over REST; null where nothing is traced. */
  static @Nullable RequestSpan ofRest(HttpServerRequest request, String route) {
    if (!Tracing.ofProcess().isOn()) {
      return null;
    }
    String method = request.method().name();
    Span span =
        builder(request.headers(), method + " " + route)
            .setAttribute("http.request.method", method)
            .setAttribute("http.route", route)
            .startSpan();
    return new RequestSpan(span, request);
  }

  private static SpanBuilder builder(MultiMap headers, String name) {
    return Tracing.ofProcess()
        .tracer()
        .spanBuilder(name)
        .setSpanKind(SpanKind.SERVER)
        .setParent(Tracing.contextOf(headers.get(Tracing.HEADER)));
  }

  void answeredBy(ServedModel model) {
    span.setAttribute("millrace.model", model.name())
        .setAttribute("millrace.version", model.number());
  }

  void end(GrpcStatus status) {
    if (rest == null) {
      span.setAttribute("rpc.grpc.status_code", status.code);
    } else {
      span.setAttribute("http.response.status_code", rest.response().getStatusCode());
    }
    if (ERRORS.contains(status)) {
      span.setStatus(StatusCode.ERROR, status.name());
    }
    span.end();
  }
}
