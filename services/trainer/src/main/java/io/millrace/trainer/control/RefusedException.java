package io.millrace.trainer.control;

/** A command cannot be carried out; the message says why, for whoever sent it. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String reason) {
    super(reason);
  }
}
