package io.millrace.cli.failures;

/** An option or argument that cannot be used. The message says which, and what is allowed. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
