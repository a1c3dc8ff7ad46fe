package io.millrace.learning.state;

/**
 * A saved state does not fit what it is restored into: an entry is missing, of another type or of
 * another length. The message names the entry. The learner that threw it must not be used.
 */
public final class IncompatibleStateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public IncompatibleStateException(String message) {
    super(message);
  }
}
