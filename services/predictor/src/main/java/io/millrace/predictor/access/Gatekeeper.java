package io.millrace.predictor.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests through whose caller may ask them, on one event loop; the others it answers itself.
 *
 * <p>Whether the server lives and is ready, anyone may ask. All else needs {@link Role#INFER}, and
 * what operators ask {@link Role#ADMIN}. What is not listed here as open is not.
 */
public final class Gatekeeper implements Handler<HttpServerRequest> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Gatekeeper.class);

  /** HTTP/2: what is still to come is not wanted. */
  private static final long CANCEL = 8;

  private static final String INFERENCE = "/inference.GRPCInferenceService/";
  private static final String GRPC = "application/grpc";

  private static final Set<String> OPEN =
      Set.of(
          "/livez",
          "/readyz",
          "/v2/health/live",
          "/v2/health/ready",
          "/grpc.health.v1.Health/Check",
          "/grpc.health.v1.Health/Watch",
          INFERENCE + "ServerLive",
          INFERENCE + "ServerReady");

  private static final Set<String> GRPC_OF_OPERATORS =
      Set.of(INFERENCE + "ModelStatistics", INFERENCE + "RepositoryIndex");

  private final Authority authority;
  private final Consumer<GrpcStatus> denied;
  private final Handler<HttpServerRequest> next;

  /**
   * @param denied counts those who are turned away
   * @param next takes those who are let through
   */
  public Gatekeeper(
      Authority authority, Consumer<GrpcStatus> denied, Handler<HttpServerRequest> next) {
    this.authority = authority;
    this.denied = denied;
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Denial denial = isOpen(request) ? null : authority.denial(request, needed(request));
    if (denial == null) {
      next.handle(request);
    } else {
      denied.accept(denial.status());
      if (isGrpc(request)) {
        refuseGrpc(request, denial);
      } else {
        refuse(request.response(), denial);
      }
    }
  }

  /**
   * Returns a handler for the routes of operators. Routers take paths for the same that are written
   * in many ways, so each such route asks for itself.
   */
  public static Handler<RoutingContext> operatorsOnly(
      Authority authority, Consumer<GrpcStatus> denied) {
    return call -> {
      Denial denial = authority.denial(call.request(), Role.ADMIN);
      if (denial == null) {
        call.next();
      } else {
        denied.accept(denial.status());
        refuse(call.response(), denial);
      }
    };
  }

  private static boolean isOpen(HttpServerRequest request) {
    return OPEN.contains(request.path());
  }

  private static Role needed(HttpServerRequest request) {
    String path = request.path();
    boolean known = path != null && path.startsWith(INFERENCE) && !GRPC_OF_OPERATORS.contains(path);
    return !isGrpc(request) || known ? Role.INFER : Role.ADMIN;
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(GRPC);
  }

  private static void refuseGrpc(HttpServerRequest request, Denial denial) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, GRPC)
        .putHeader("grpc-status", Integer.toString(denial.status().code))
        .putHeader("grpc-message", denial.message())
        .end()
        .onSuccess(nothing -> stopReading(request))
        .onFailure(Gatekeeper::unsent);
  }

  private static void stopReading(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.response().reset(CANCEL);
    }
  }

  private static void refuse(HttpServerResponse http, Denial denial) {
    if (denial.status() == GrpcStatus.UNAUTHENTICATED) {
      http.putHeader("WWW-Authenticate", "Bearer");
    }
    http.setStatusCode(denial.httpStatus())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(new JsonObject().put("error", denial.message()).toBuffer())
        .onFailure(Gatekeeper::unsent);
  }

  private static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }
}
