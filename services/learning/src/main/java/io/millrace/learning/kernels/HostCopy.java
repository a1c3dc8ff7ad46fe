package io.millrace.learning.kernels;

/**
 * The values of a buffer as a host array, synchronized on request.
 *
 * <p>If the buffer is on the host, the array is the buffer's own and nothing is copied.
 */
public interface HostCopy {

  /** Returns the array, always the same one; the buffer's values begin at index 0. */
  float[] values();

  /** Copies the first {@code length} values from the device. */
  void download(int length);

  /** Copies the first {@code length} values to the device. */
  void upload(int length);
}
