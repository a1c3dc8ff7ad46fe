package io.millrace.learning.features;

import org.jspecify.annotations.Nullable;

/** A text, number or truth value, taken as the name of a category. */
public final class TermForm extends RawForm {

  public TermForm(boolean takesMissing) {
    super(Term.CELLS, takesMissing);
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
    String name = TermName.of(value);
    Term.write(Term.of(name, 0, name.length()), cells, at);
    return null;
  }

  @Override
  public Misfit other(String found) {
    return new Misfit(Misfit.Kind.NOT_A_TEXT, found);
  }
}
