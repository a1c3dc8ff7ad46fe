package io.millrace.predictor.answering;

import io.millrace.runtime.access.Role;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the predictor has to be allowed. Whether the server lives and is ready, anyone
 * may ask. All else needs {@link Role#INFER}, and what operators ask {@link Role#ADMIN}. What is
 * not listed here as open is not.
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

  /** Returns the role that a request needs; null where anyone may ask it. */
  static @Nullable Role of(HttpServerRequest request) {
    String path = request.path();
    if (OPEN.contains(path)) {
      return null;
    }
    boolean known = path != null && path.startsWith(INFERENCE) && !GRPC_OF_OPERATORS.contains(path);
    return !isGrpc(request) || known ? Role.INFER : Role.ADMIN;
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(GRPC);
  }
}
