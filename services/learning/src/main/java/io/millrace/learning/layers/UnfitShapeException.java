package io.millrace.learning.layers;

/** Inputs that a layer cannot take; the message says what it needs. */
public final class UnfitShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnfitShapeException(String needed) {
    super(needed);
  }
}
