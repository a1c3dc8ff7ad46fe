package io.millrace.learning.layers;

/** A layer cannot take its inputs; the message says what it needs. */
public final class UnfitShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnfitShapeException(String needed) {
    super(needed);
  }
}
