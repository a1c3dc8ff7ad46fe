package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import io.millrace.learning.features.TermName;
import io.millrace.trainer.intake.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/** A field of which nothing but its name is kept ({@link TermName}); an empty one is none. */
final class TextColumn extends Column {
  private @Nullable String text;

  TextColumn(String field) {
    super(field);
  }

  /** Returns the text of the record read last; null where it has none. */
  @Nullable String text() {
    return text;
  }

  @Override
  void begin() {
    super.begin();
    text = null;
  }

  @Override
  boolean takesWritten() {
    return true;
  }

  @Override
  @Nullable Rejected text(String value, Rows rows) {
    text = value.isEmpty() ? null : TermName.of(value);
    return filled();
  }

  @Override
  @Nullable Rejected missing(String found, Rows rows) {
    text = null;
    return filled();
  }

  @Override
  Rejected other(String found) {
    return rejected(Reason.NOT_A_TEXT, found);
  }
}
