package io.millrace.client;

import java.io.IOException;

/** No predictor answered: none could be reached, or none in time. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
