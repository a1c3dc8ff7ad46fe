package io.millrace.predictor.following;

import org.jspecify.annotations.Nullable;

/** A checkpoint that was read whole and still makes no model to serve. */
final class UnservableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnservableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
