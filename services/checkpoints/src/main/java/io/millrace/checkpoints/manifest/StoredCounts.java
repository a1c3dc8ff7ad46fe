package io.millrace.checkpoints.manifest;

/**
 * The outcomes of the records. Each consumed record is counted in exactly one of the first four.
 *
 * @param trained records that went into a mini-batch
 * @param validated records that went to the rolling validation window
 * @param rejected records that went to the dead letters
 * @param scored records that were predicted but not trained, after early stopping
 * @param steps updates of the parameters
 * @param evaluations evaluations on the rolling validation window
 */
public record StoredCounts(
    long trained, long validated, long rejected, long scored, long steps, long evaluations) {

  /** Returns the number of consumed records. */
  public long records() {
    return trained + validated + rejected + scored;
  }
}
