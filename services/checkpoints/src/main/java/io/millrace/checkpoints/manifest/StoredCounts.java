package io.millrace.checkpoints.manifest;

/**
 * What became of the records: each one that was consumed is in exactly one of the first four.
 *
 * @param trained went into a mini-batch
 * @param validated went to the rolling validation window
 * @param rejected went to the dead letters
 * @param scored predicted but not trained, after early stopping
 * @param steps updates of the parameters
 * @param evaluations on the rolling validation window
 */
public record StoredCounts(
    long trained, long validated, long rejected, long scored, long steps, long evaluations) {

  /** Returns the records consumed. */
  public long records() {
    return trained + validated + rejected + scored;
  }
}
