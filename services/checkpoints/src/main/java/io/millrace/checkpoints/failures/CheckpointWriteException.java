package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint was not written, or it is unknown whether it was. The writer is closed; the trainer
 * may open another and go on from the checkpoint to resume from, never from what it holds in
 * memory.
 */
public final class CheckpointWriteException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CheckpointWriteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
