package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.Misfit;
import org.jspecify.annotations.Nullable;

/**
 * Why a record cannot be learned from. It names the field and the kind of value that was found,
 * never the value itself.
 *
 * @param reason what is wrong
 * @param field the field, input or output concerned; null for the record as a whole
 * @param found what was found instead, such as {@code text} or {@code 7 of 16 numbers}
 */
public record Rejected(Reason reason, @Nullable String field, String found) {

  /** What can be wrong with a record. The names are part of the dead letter's format. */
  public enum Reason {
    /** The value is not in the topic's format. */
    UNDECODABLE("the record cannot be decoded"),

    /** A field that the model needs is absent or null. */
    MISSING_FIELD("a field is missing"),

    /** A value of another type was found where a number is needed. */
    NOT_A_NUMBER("a number is needed"),

    /** A value of another type was found where a text is needed. */
    NOT_A_TEXT("a text is needed"),

    /** A value of another type was found where a point in time is needed. */
    NOT_A_TIME("a point in time is needed"),

    /** A vector has too few or too many numbers. */
    FEATURE_COUNT("the number of values is wrong"),

    /** A number is not finite, or too large for single precision. */
    NON_FINITE("a number is not finite"),

    /** An embedding has no vector for the number. */
    INDEX_RANGE("an index is out of range"),

    /** The model does not know the class. */
    LABEL_RANGE("the class is unknown"),

    /** The logarithm that the output learns has no value for the number. */
    TARGET_RANGE("a label with target_scaling log must be above -1");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  public static Rejected undecodable(String found) {
    return new Rejected(Reason.UNDECODABLE, null, found);
  }

  static Rejected of(Misfit misfit, String field) {
    Reason reason =
        switch (misfit.kind()) {
          case MISSING -> Reason.MISSING_FIELD;
          case NOT_A_NUMBER -> Reason.NOT_A_NUMBER;
          case NOT_A_TEXT -> Reason.NOT_A_TEXT;
          case NOT_A_TIME -> Reason.NOT_A_TIME;
          case COUNT -> Reason.FEATURE_COUNT;
          case NON_FINITE -> Reason.NON_FINITE;
        };
    return new Rejected(reason, field, misfit.found());
  }

  public static Rejected featureCount(String field, int found, int needed) {
    return new Rejected(Reason.FEATURE_COUNT, field, found + " of " + needed + " numbers");
  }

  /** Returns what is wrong, and in which field, in words for the user. */
  public String problem() {
    return field == null ? reason.sentence : reason.sentence + " in field '" + field + "'";
  }

  /** Returns one sentence for the user. */
  public String message() {
    return problem() + ", found: " + found;
  }
}
