package io.millrace.doubles.kernels.host;

/** Says that nothing stays in native memory in double precision, which oneDNN knows nothing of. */
final class OneDnn {
  static final boolean IS_FAST = false;

  private OneDnn() {}
}
