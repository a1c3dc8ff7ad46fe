package io.millrace.checkpoints.failures;

/**
 * Is told of what stands on the topics of checkpoints and cannot be used, on the reader's thread:
 * anybody may have written there, so it is passed over.
 */
@FunctionalInterface
public interface CheckpointRefusals {
  /** For readers whose caller was told already, or has nobody to tell. */
  CheckpointRefusals UNTOLD = (topic, offset, reason) -> {};

  /**
   * Takes note of one that was passed over.
   *
   * @param offset where it stands, or begins, on that topic
   */
  void refused(String topic, long offset, CheckpointException reason);
}
