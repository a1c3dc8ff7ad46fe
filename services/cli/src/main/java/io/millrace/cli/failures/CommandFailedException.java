package io.millrace.cli.failures;

/** A failure that the user can fix. Only its message is shown. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }
}
