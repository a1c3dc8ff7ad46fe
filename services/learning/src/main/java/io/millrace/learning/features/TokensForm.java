package io.millrace.learning.features;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text as its first tokens: runs of letters and digits, in lower case. What is beyond is dropped,
 * and what is short is filled up with {@link Term#NONE}.
 */
public final class TokensForm extends RawForm {
  private final int tokens;

  public TokensForm(int tokens, boolean takesMissing) {
    super(tokens * Term.CELLS, takesMissing);
    this.tokens = tokens;
  }

  @Override
  public boolean takesWritten() {
    return true;
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public @Nullable Misfit text(String value, float[] cells, int at) {
    String text = value.toLowerCase(Locale.ROOT);
    int count = 0;
    int end = 0;
    for (int start = next(text, 0, true);
        start < text.length() && count < tokens;
        start = next(text, end, true)) {
      end = next(text, start, false);
      Term.write(Term.of(text, start, end), cells, at + count * Term.CELLS);
      count++;
    }
    for (int i = count * Term.CELLS; i < width(); i++) {
      cells[at + i] = Term.NONE;
    }
    return null;
  }

  @Override
  public Misfit other(String found) {
    return new Misfit(Misfit.Kind.NOT_A_TEXT, found);
  }

  /** Returns the first index from {@code from} on where a token is, or where none is. */
  private static int next(String text, int from, boolean inToken) {
    int index = from;
    while (index < text.length()) {
      int character = text.codePointAt(index);
      if (Character.isLetterOrDigit(character) == inToken) {
        return index;
      }
      index += Character.charCount(character);
    }
    return index;
  }
}
