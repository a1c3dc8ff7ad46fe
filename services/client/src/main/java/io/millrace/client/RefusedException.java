package io.millrace.client;

import io.vertx.grpc.common.GrpcStatus;

/** A predictor answered, but without a prediction. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final GrpcStatus status;

  RefusedException(GrpcStatus status, String message) {
    super(message);
    this.status = status;
  }

  public GrpcStatus status() {
    return status;
  }
}
