package io.millrace.learning.features;

import org.jspecify.annotations.Nullable;

/** One number in one cell. */
public final class NumberForm extends RawForm {

  public NumberForm(boolean takesMissing) {
    super(1, takesMissing);
  }

  @Override
  public @Nullable Misfit number(double value, float[] cells, int at) {
    return write(value, cells, at);
  }

  /** A number is never a text that looks like one; but JSON has no literal for some. */
  @Override
  public @Nullable Misfit text(String value, float[] cells, int at) {
    return switch (value) {
      case "NaN", "Infinity", "-Infinity" -> new Misfit(Misfit.Kind.NON_FINITE, "text");
      default -> other("text");
    };
  }

  @Override
  public Misfit other(String found) {
    return new Misfit(Misfit.Kind.NOT_A_NUMBER, found);
  }
}
