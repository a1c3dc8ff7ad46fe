package io.millrace.cli;

/** An option that cannot be used as it was given; the message says which, and what is allowed. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
