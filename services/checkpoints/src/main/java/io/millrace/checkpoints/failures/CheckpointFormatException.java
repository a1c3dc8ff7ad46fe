package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * What lies on the topic is no checkpoint that this version can read: cut short, altered, or
 * written by a newer version. Reading it again gives the same.
 */
public final class CheckpointFormatException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CheckpointFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
