package io.millrace.trainer.answering;

import static io.millrace.proto.control.v1.TrainingControlGrpcService.SERVICE_NAME;

import io.millrace.runtime.access.Role;
import io.millrace.runtime.management.ManagementRoutes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The role that a caller of the trainer's management port needs. Liveness and readiness are open to
 * everyone. Status and metrics need {@link Role#INFER}. Every other call is a command and needs
 * {@link Role#ADMIN}.
 */
public final class TrainerRole {
  private static final String GRPC = "application/grpc";
  private static final String GET_STATUS = "/" + SERVICE_NAME.fullyQualifiedName() + "/GetStatus";

  private TrainerRole() {}

  /** Returns the role that a request needs; null if it is open to everyone. */
  public static @Nullable Role of(HttpServerRequest request) {
    if (!isGrpc(request)) {
      return ManagementRoutes.needed(request);
    }
    return GET_STATUS.equals(request.path()) ? Role.INFER : Role.ADMIN;
  }

  /** Returns whether a request is gRPC, of any message encoding. */
  public static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(GRPC);
  }
}
