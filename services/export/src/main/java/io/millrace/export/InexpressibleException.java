package io.millrace.export;

/** A model has something that a format cannot express; the message names it and what is allowed. */
public final class InexpressibleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InexpressibleException(String message) {
    super(message);
  }
}
