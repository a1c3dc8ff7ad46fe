package io.millrace.trainer.control;

/** Signals that a command cannot be executed. The message tells its sender why. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String reason) {
    super(reason);
  }
}
