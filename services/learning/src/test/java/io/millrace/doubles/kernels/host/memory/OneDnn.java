package io.millrace.doubles.kernels.host.memory;

/** Says that nothing stays in native memory in double precision, which oneDNN knows nothing of. */
public final class OneDnn {
  public static final boolean IS_FAST = false;

  private OneDnn() {}
}
