package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;

/** Receives the events of a gRPC call on the call's event loop. */
interface GrpcListener {
  /** Receives a message, decompressed. */
  void received(Buffer message);

  /** Receives the refusal of a message that could not be read. */
  void received(Refusal unreadable);

  /** The caller sends no further message. */
  void sentEverything();

  /** The call ended early: cancelled, disconnected, or past its deadline. */
  void gone(GrpcStatus status);
}
