package io.millrace.learning.state;

/**
 * A saved state does not fit its target: an entry is missing, or has another type or length. The
 * message names the entry. The learner that threw it must not be used any more.
 */
public final class IncompatibleStateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public IncompatibleStateException(String message) {
    super(message);
  }
}
