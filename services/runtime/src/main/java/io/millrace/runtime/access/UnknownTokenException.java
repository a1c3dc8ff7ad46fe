package io.millrace.runtime.access;

/** A token that nothing is granted for; the message says why, without the token. */
final class UnknownTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownTokenException(String message) {
    super(message);
  }
}
