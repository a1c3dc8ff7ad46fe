package io.millrace.export;

/** A version has no rival of the name that was asked for; the message says which it has. */
public final class UnknownRivalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownRivalException(String message) {
    super(message);
  }
}
