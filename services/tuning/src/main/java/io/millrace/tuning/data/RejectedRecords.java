package io.millrace.tuning.data;

/**
 * Records that cannot be learned from, for one reason.
 *
 * @param problem what is wrong, and in which field
 * @param found the kind of value that the first of them had instead
 * @param where the first of them: a partition and an offset, or a line
 * @param records how many there are
 */
public record RejectedRecords(String problem, String found, String where, long records) {

  /** Returns one sentence for the user. */
  public String message() {
    return problem + ", found: " + found + " (first in " + where + ")";
  }
}
