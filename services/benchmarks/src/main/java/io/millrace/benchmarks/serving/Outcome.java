package io.millrace.benchmarks.serving;

/** How a call ended, told on the connection's reading thread. */
@FunctionalInterface
interface Outcome {
  /** For a call whose stream or connection was cut. */
  int CUT = -1;

  /**
   * Takes note of an end.
   *
   * @param status of gRPC, or {@link #CUT}
   * @param nanos since the call was due
   * @param message as it came, with its five bytes of prefix; empty without one
   */
  void ended(int status, long nanos, byte[] message);
}
