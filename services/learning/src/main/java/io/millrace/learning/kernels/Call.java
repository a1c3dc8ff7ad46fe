package io.millrace.learning.kernels;

/** A call of a kernel: an operation bound to its buffers. Running it allocates nothing. */
@FunctionalInterface
public interface Call {

  /** Runs the kernel for a batch of {@code rows} examples, at most as many as its buffers hold. */
  void run(int rows);
}
