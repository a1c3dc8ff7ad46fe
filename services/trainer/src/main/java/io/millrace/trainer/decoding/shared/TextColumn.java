package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.TermName;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A field of which only the text is kept, in the form of {@link TermName}. An empty text is none.
 */
final class TextColumn extends Column {
  private @Nullable String text;

  TextColumn(String field) {
    super(field);
  }

  /** Returns the text of the record that was read last; null if it has none. */
  @Nullable String text() {
    return text;
  }

  @Override
  void begin() {
    super.begin();
    text = null;
  }

  @Override
  public boolean takesWritten() {
    return true;
  }

  @Override
  public @Nullable Rejected text(String value, ExampleBatch rows) {
    text = value.isEmpty() ? null : TermName.of(value);
    return filled();
  }

  @Override
  public @Nullable Rejected missing(String found, ExampleBatch rows) {
    text = null;
    return filled();
  }

  @Override
  public Rejected other(String found) {
    return rejected(Reason.NOT_A_TEXT, found);
  }
}
