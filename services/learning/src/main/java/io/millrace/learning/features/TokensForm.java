package io.millrace.learning.features;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text as its first tokens: {@linkplain Words words} in lower case, composed (NFC). A token that
 * spells a number becomes its {@link TermName}. Further tokens are dropped; a short text is padded
 * with {@link Term#NONE}.
 */
public final class TokensForm extends RawForm {
  /** No character below this one can be composed. */
  private static final char FIRST_MARK = 0x300;

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
    String text = normalized(value);
    int count = 0;
    int end;
    for (int start = 0; start < text.length() && count < tokens; start = end) {
      end = Words.segmentEnd(text, start);
      if (Words.isWord(text, start, end)) {
        Term.write(token(text, start, end), cells, at + count * Term.CELLS);
        count++;
      }
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

  /** Returns the canonical name of a token of the settings, as for tokens of texts. */
  static String nameOf(String token) {
    return TermName.of(normalized(token));
  }

  private static String normalized(String text) {
    String composed = mayCompose(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
    return composed.toLowerCase(Locale.ROOT);
  }

  private static boolean mayCompose(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_MARK) {
        return true;
      }
    }
    return false;
  }

  private static long token(String text, int start, int end) {
    int digits = start;
    while (digits < end && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == start || digits == end) {
      return Term.of(text, start, end);
    }
    String name = TermName.of(text.substring(start, end));
    return Term.of(name, 0, name.length());
  }
}
