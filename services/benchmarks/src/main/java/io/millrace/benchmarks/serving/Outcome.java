package io.millrace.benchmarks.serving;

/** Receives the outcome of a call, on the connection's reading thread. */
@FunctionalInterface
interface Outcome {
  /** The status of a call whose stream or connection was cut. */
  int CUT = -1;

  /**
   * Handles the end of a call.
   *
   * @param status the gRPC status, or {@link #CUT}
   * @param nanos the time since the call was due
   * @param message the message with its five-byte prefix; empty if there is none
   */
  void ended(int status, long nanos, byte[] message);
}
