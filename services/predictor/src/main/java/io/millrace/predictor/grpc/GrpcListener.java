package io.millrace.predictor.grpc;

import io.millrace.predictor.requests.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;

/** Hears of what a gRPC caller does; on the call's event loop. */
interface GrpcListener {
  /** Takes a message, decompressed. */
  void received(Buffer message);

  /** Takes note that a message could not be read. */
  void received(Refusal unreadable);

  /** Takes note that no message comes any more. */
  void sentEverything();

  /** Takes note that nobody waits any more: cancelled, disconnected, or past the deadline. */
  void gone(GrpcStatus status);
}
