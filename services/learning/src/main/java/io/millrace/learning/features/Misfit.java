package io.millrace.learning.features;

/**
 * Why a value does not fit a field. Names the kind of value that was found, never the value.
 *
 * @param kind what is wrong
 * @param found the kind of value, such as {@code text} or {@code 7 of 16 numbers}
 */
public record Misfit(Kind kind, String found) {

  /** What can be wrong with a value. */
  public enum Kind {
    /** There is no value, and the settings do not allow that. */
    MISSING,

    /** The value is not a number. */
    NOT_A_NUMBER,

    /** The value is not a text. */
    NOT_A_TEXT,

    /** The value is not a point in time. */
    NOT_A_TIME,

    /** There are too few or too many values. */
    COUNT,

    /** The number is not finite, or too large for single precision. */
    NON_FINITE
  }

  static Misfit count(int found, int needed) {
    return new Misfit(Kind.COUNT, found + " of " + needed + " numbers");
  }
}
