package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * Another writer of the same model took over. Nothing of the checkpoint is visible. The trainer
 * must end, since the other one is training.
 */
public final class WriterFencedException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public WriterFencedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
