package io.millrace.runtime.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A service cannot go on, and trying again would not help, but the program is not at fault. The
 * message is a sentence for the operator, and no stack trace is logged.
 */
public final class UnrecoverableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnrecoverableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
