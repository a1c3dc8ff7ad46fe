package io.millrace.predictor.answering;

import io.millrace.runtime.access.Role;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The role that a call to the predictor needs. Liveness and readiness are open to everyone. Other
 * calls need {@link Role#INFER}, and operators' calls {@link Role#ADMIN}. Only the calls listed
 * here are open.
 */
final class RequiredRole {
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

  private RequiredRole() {}

  /** Returns the role that a request needs; null if the call is open to everyone. */
  static @Nullable Role of(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), ""); // refused later without one
    if (OPEN.contains(path)) {
      return null;
    }
    boolean known = path.startsWith(INFERENCE) && !GRPC_OF_OPERATORS.contains(path);
    return !isGrpc(request) || known ? Role.INFER : Role.ADMIN;
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(GRPC);
  }
}
