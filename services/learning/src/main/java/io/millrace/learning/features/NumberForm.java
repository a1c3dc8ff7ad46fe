package io.millrace.learning.features;

import org.jspecify.annotations.Nullable;

/** One number. */
public final class NumberForm extends RawForm {
  private final Precision precision;

  public NumberForm(Precision precision, boolean takesMissing) {
    super(precision.cells(), takesMissing);
    this.precision = precision;
  }

  @Override
  public int numbers() {
    return 1;
  }

  @Override
  public @Nullable Misfit number(double value, float[] cells, int at) {
    return write(value, cells, at, precision == Precision.DOUBLE ? at + 1 : -1);
  }

  /**
   * Text that looks like a number is not one. JSON has no literals for NaN and infinities, so their
   * names count as numbers that are not finite.
   */
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
