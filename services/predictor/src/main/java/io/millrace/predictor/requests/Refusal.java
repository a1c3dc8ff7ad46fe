package io.millrace.predictor.requests;

import io.vertx.grpc.common.GrpcStatus;

/**
 * The reason why a request gets no prediction.
 *
 * @param status the protocol's status, which REST maps to an HTTP status
 * @param message a sentence that names the tensor, what is wrong with it, and what was expected
 */
public record Refusal(GrpcStatus status, String message) implements Reading {
  private static final int MAX_LENGTH = 2000;

  public Refusal {
    message = Shortened.to(MAX_LENGTH, message); // a model may have many fields
  }

  public static Refusal invalid(String message) {
    return new Refusal(GrpcStatus.INVALID_ARGUMENT, message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(GrpcStatus.NOT_FOUND, message);
  }

  public static Refusal unavailable(String message) {
    return new Refusal(GrpcStatus.UNAVAILABLE, message);
  }

  public static Refusal exhausted(String message) {
    return new Refusal(GrpcStatus.RESOURCE_EXHAUSTED, message);
  }

  public static Refusal unimplemented(String message) {
    return new Refusal(GrpcStatus.UNIMPLEMENTED, message);
  }

  /** Returns the refusal for an unforeseen failure, whose cause only the log tells. */
  public static Refusal internal() {
    return new Refusal(
        GrpcStatus.INTERNAL, "the request could not be handled; the server's log says why");
  }

  public static Refusal late(String message) {
    return new Refusal(GrpcStatus.DEADLINE_EXCEEDED, message);
  }
}
