package io.millrace.cli;

/** An option or argument that cannot be used. The message says which, and what is allowed. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
