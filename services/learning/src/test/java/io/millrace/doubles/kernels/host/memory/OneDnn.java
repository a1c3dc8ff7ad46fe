package io.millrace.doubles.kernels.host.memory;

/** Keeps nothing in native memory, because oneDNN does not support double precision. */
public final class OneDnn {
  public static final boolean IS_FAST = false;

  private OneDnn() {}
}
