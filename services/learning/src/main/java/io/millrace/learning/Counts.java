package io.millrace.learning;

/** How many records went which way. Each consumed record is in exactly one of the first four. */
public record Counts(
    long trained, long validated, long rejected, long scored, long steps, long evaluations) {

  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

  /** Returns how many records were consumed. */
  public long records() {
    return trained + validated + rejected + scored;
  }
}
