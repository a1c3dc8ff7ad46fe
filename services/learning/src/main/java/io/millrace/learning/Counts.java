package io.millrace.learning;

/**
 * How many records went which way; each consumed record is in exactly one of the first four.
 *
 * @param trained trained on
 * @param validated held out for the validation window
 * @param rejected not usable, sent to the dead-letter topic
 * @param scored scored but not trained, after early stopping
 * @param steps steps of the optimizer
 * @param evaluations evaluations on the validation window
 */
public record Counts(
    long trained, long validated, long rejected, long scored, long steps, long evaluations) {

  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

  /** Returns how many records were consumed. */
  public long records() {
    return trained + validated + rejected + scored;
  }
}
