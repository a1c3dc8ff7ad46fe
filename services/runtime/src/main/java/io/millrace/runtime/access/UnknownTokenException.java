package io.millrace.runtime.access;

/** A token without a grant. The message says why, without the token. */
final class UnknownTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownTokenException(String message) {
    super(message);
  }
}
