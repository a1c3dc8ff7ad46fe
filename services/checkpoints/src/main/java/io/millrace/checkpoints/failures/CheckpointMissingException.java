package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * A manifest lists chunks that are not on their topic, or are not visible yet. If its transaction
 * has certainly ended, they are lost.
 */
public final class CheckpointMissingException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CheckpointMissingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
