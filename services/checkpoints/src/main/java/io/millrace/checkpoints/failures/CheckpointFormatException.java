package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * The content of the topic is not a checkpoint that this version can read: it is cut short,
 * altered, or written by a newer version. Reading it again does not help.
 */
public final class CheckpointFormatException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CheckpointFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
