package io.millrace.runtime.access;

import io.vertx.grpc.common.GrpcStatus;

/**
 * Why a caller is turned away.
 *
 * @param httpStatus the same in HTTP
 * @param message a sentence without the token
 */
public record Denial(GrpcStatus status, int httpStatus, String message) {

  /** Returns that nobody knows who asks. */
  static Denial unauthenticated(String message) {
    return new Denial(GrpcStatus.UNAUTHENTICATED, 401, message);
  }

  /** Returns that nobody knows who asks, since there is no certificate; no header can mend that. */
  static Denial withoutCertificate() {
    return new Denial(GrpcStatus.UNAUTHENTICATED, 403, "a certificate is needed");
  }

  /** Returns that who asks may not. */
  static Denial forbidden(String message) {
    return new Denial(GrpcStatus.PERMISSION_DENIED, 403, message);
  }
}
