package io.millrace.learning.kernels;

/**
 * The values of a buffer as a host array, brought up to date on request.
 *
 * <p>Where the buffer is on the host already, the array is the buffer's own and nothing is copied.
 */
public interface HostCopy {

  /** Returns the array, always the same one; the buffer's values begin at index 0. */
  float[] values();

  /** Brings the first {@code length} values from the device. */
  void download(int length);

  /** Brings the first {@code length} values to the device. */
  void upload(int length);
}
