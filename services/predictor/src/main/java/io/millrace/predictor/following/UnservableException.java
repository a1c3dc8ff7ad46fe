package io.millrace.predictor.following;

import org.jspecify.annotations.Nullable;

/** A checkpoint was read completely but does not make a servable model. */
public final class UnservableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnservableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
