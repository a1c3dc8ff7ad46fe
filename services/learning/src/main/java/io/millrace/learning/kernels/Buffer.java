package io.millrace.learning.kernels;

/**
 * A vector of numbers that kernels read and write, on the host or on a device.
 *
 * <p>Owned by the thread that owns the {@link Kernels} which allocated it.
 */
public interface Buffer {

  int length();

  /** Returns a view of part of this buffer. */
  Buffer slice(int offset, int length);

  /** Copies {@code length} values from the host to {@code offset} in this buffer. */
  void write(int offset, float[] source, int sourceOffset, int length);

  /** Copies {@code length} values from {@code offset} in this buffer to the host. */
  void read(int offset, float[] target, int targetOffset, int length);

  /** Returns a host array for exchanging the first values of this buffer. */
  HostCopy hostCopy();
}
