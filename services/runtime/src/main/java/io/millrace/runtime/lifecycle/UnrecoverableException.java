package io.millrace.runtime.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A service cannot go on, trying again would not help, and nothing is broken in the program: the
 * message is one sentence for whoever operates it, so no stack trace is shown.
 */
public final class UnrecoverableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnrecoverableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
