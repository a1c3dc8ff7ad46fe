package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/** A checkpoint was not written or not read. The subclass tells the caller how to proceed. */
public abstract sealed class CheckpointException extends RuntimeException
    permits CheckpointFormatException,
        CheckpointMissingException,
        CheckpointUnavailableException,
        CheckpointWriteException,
        RecordRefusedException,
        WriterFencedException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
