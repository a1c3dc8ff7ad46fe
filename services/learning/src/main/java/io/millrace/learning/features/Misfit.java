package io.millrace.learning.features;

/**
 * Why a value does not fit a field. Says what kind of value was found, never the value itself.
 *
 * @param kind what is wrong
 * @param found what was there, such as {@code text} or {@code 7 of 16 numbers}
 */
public record Misfit(Kind kind, String found) {

  /** What can be wrong with a value. */
  public enum Kind {
    /** There is none, and the feature does without only where its settings say so. */
    MISSING,

    /** Something else stands where a number belongs. */
    NOT_A_NUMBER,

    /** Something else stands where a text belongs. */
    NOT_A_TEXT,

    /** Something else stands where a point in time belongs. */
    NOT_A_TIME,

    /** Too few or too many values. */
    COUNT,

    /** A number that is not finite, or too large for single precision. */
    NON_FINITE
  }

  static Misfit count(int found, int needed) {
    return new Misfit(Kind.COUNT, found + " of " + needed + " numbers");
  }
}
