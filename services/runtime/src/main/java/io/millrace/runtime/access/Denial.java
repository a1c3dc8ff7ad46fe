package io.millrace.runtime.access;

import io.vertx.grpc.common.GrpcStatus;

/**
 * The reason why a request is denied.
 *
 * @param httpStatus the HTTP status
 * @param message a sentence without the token
 */
public record Denial(GrpcStatus status, int httpStatus, String message) {

  /** The reasons as metrics count them. */
  public enum Reason {
    /** The caller's name is needed and is not proved. */
    UNAUTHENTICATED,
    /** The caller, or anybody on this port, may not do this. */
    FORBIDDEN
  }

  public Reason reason() {
    return status == GrpcStatus.UNAUTHENTICATED ? Reason.UNAUTHENTICATED : Reason.FORBIDDEN;
  }

  /** Returns the denial of a caller that is not authenticated. */
  static Denial unauthenticated(String message) {
    return new Denial(GrpcStatus.UNAUTHENTICATED, 401, message);
  }

  /**
   * Returns the denial of a caller without a certificate. It is not 401, because no header can
   * help.
   */
  static Denial withoutCertificate() {
    return new Denial(GrpcStatus.UNAUTHENTICATED, 403, "a certificate is needed");
  }

  /** Returns the denial of a caller that lacks the role. */
  static Denial forbidden(String message) {
    return new Denial(GrpcStatus.PERMISSION_DENIED, 403, message);
  }
}
