package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint was not written, or the outcome is unknown. The writer is closed. The trainer may
 * open another one and resume from its checkpoint, never from its state in memory.
 */
public final class CheckpointWriteException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CheckpointWriteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
