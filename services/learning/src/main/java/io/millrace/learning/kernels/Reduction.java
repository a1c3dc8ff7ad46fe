package io.millrace.learning.kernels;

/** A kernel that reduces the buffers it is bound to into one number on the host. */
@FunctionalInterface
public interface Reduction {

  double value();
}
