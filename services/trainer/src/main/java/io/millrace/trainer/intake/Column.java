package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.trainer.intake.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What one field of a record fills in a row. A decoder of any format with named fields hands it the
 * value in the form that it found; the column takes it or says why it cannot.
 */
abstract sealed class Column permits NumberColumn, VectorColumn, ClassColumn, SharedColumn {
  private final String field;
  private boolean filled;

  Column(String field) {
    this.field = field;
  }

  final String field() {
    return field;
  }

  final boolean isFilled() {
    return filled;
  }

  /** Forgets the record before. */
  void begin() {
    filled = false;
  }

  /** Whether a number is to be handed over as it was written, with {@link #text}. */
  boolean takesWritten() {
    return false;
  }

  @Nullable Rejected number(double value, Rows rows) {
    return rejected(Reason.NOT_A_NUMBER, "number");
  }

  @Nullable Rejected text(String value, Rows rows) {
    return rejected(isNonFinite(value) ? Reason.NON_FINITE : Reason.NOT_A_NUMBER, "text");
  }

  /** Starts a list, whose items follow by {@link #number}; {@link #endList} ends it. */
  @Nullable Rejected beginList() {
    return other("list");
  }

  @Nullable Rejected endList() {
    return null;
  }

  final Rejected missing(String found) {
    return rejected(Reason.MISSING_FIELD, found);
  }

  /** A value that no column takes. */
  final Rejected other(String found) {
    return rejected(Reason.NOT_A_NUMBER, found);
  }

  final Rejected rejected(Reason reason, String found) {
    return new Rejected(reason, field, found);
  }

  final @Nullable Rejected filled() {
    filled = true;
    return null;
  }

  /** JSON has no literal for these; writers that must write one write a text. */
  private static boolean isNonFinite(String value) {
    return switch (value) {
      case "NaN", "Infinity", "-Infinity" -> true;
      default -> false;
    };
  }
}
