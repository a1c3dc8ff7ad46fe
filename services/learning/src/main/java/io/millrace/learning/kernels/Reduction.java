package io.millrace.learning.kernels;

/** A kernel that reduces its buffers to one number on the host. */
@FunctionalInterface
public interface Reduction {

  /** Runs the kernel and returns its result. */
  double value();
}
