package io.millrace.learning.devices;

import org.jspecify.annotations.Nullable;

/** A requested device cannot be used; the message says why and what would help. */
public final class UnusableDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableDeviceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
