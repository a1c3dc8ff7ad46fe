package io.millrace.cli.invocation;

/** Something that the user can mend went wrong; the message says what, and is all that is shown. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }
}
