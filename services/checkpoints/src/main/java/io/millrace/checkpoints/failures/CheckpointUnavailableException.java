package io.millrace.checkpoints.failures;

import org.jspecify.annotations.Nullable;

/**
 * Kafka did not answer, a topic is missing, or the chunks of a checkpoint did not become visible in
 * time. A later attempt may succeed.
 */
public final class CheckpointUnavailableException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CheckpointUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
