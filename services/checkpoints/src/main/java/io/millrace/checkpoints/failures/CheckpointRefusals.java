package io.millrace.checkpoints.failures;

/**
 * Receives records on the checkpoint topics that cannot be used, on the reader's thread. Anybody
 * may write there, so they are skipped.
 */
@FunctionalInterface
public interface CheckpointRefusals {
  /** For readers whose caller already knows, or has nobody to tell. */
  CheckpointRefusals UNTOLD = (topic, offset, reason) -> {};

  /**
   * Handles a record that was skipped.
   *
   * @param offset its offset on that topic, or the offset where it begins
   */
  void refused(String topic, long offset, CheckpointException reason);
}
