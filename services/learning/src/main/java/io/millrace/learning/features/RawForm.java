package io.millrace.learning.features;

import org.jspecify.annotations.Nullable;

/**
 * How the value of one field stands in a row before anything learned is applied: in a fixed number
 * of cells, single precision numbers each, whatever the value is.
 *
 * <p>Whoever reads records or requests hands the value over in the form that it found, by the
 * method of that form; the answer is null where it was taken, else what is wrong with it, and the
 * cells are then undefined. A number or a truth value goes to {@link #text} where {@link
 * #takesWritten} says so. A list comes item by item, {@link #item}, and then its length, {@link
 * #items}. Immutable.
 */
public abstract sealed class RawForm
    permits NumberForm, NumbersForm, TermForm, TokensForm, TimeForm {
  private static final String NUMBER = "number";
  private static final String TEXT = "text";

  private final int width;
  private final boolean takesMissing;

  RawForm(int width, boolean takesMissing) {
    this.width = width;
    this.takesMissing = takesMissing;
  }

  /** Returns how many cells a value takes. */
  public final int width() {
    return width;
  }

  /** Returns how many numbers a value is where it is sent as numbers: a cell each, or two. */
  public int numbers() {
    return width;
  }

  /** Returns which cell, counted from the first one, holds what is left of a number; or -1. */
  public final int restOf(int number) {
    return numbers() < width ? numbers() + number : -1;
  }

  /** Returns one of the numbers of a value whose cells begin at {@code at}; NaN where missing. */
  public final double read(int number, float[] cells, int at) {
    int rest = restOf(number);
    return rest < 0 ? cells[at + number] : (double) cells[at + number] + cells[at + rest];
  }

  /** Whether there may be no value; NaN stands in the first cell then. */
  public final boolean takesMissing() {
    return takesMissing;
  }

  /** Whether a number or a truth value is to be handed over as it was written, as a text. */
  public boolean takesWritten() {
    return false;
  }

  /** Whether the value is text, which tells a foreign client what to send. */
  public boolean isText() {
    return false;
  }

  /** Whether the value may come as bytes. */
  public boolean takesBytes() {
    return false;
  }

  /** Writes a number to the cells from {@code at} on. */
  public @Nullable Misfit number(double value, float[] cells, int at) {
    return other(NUMBER);
  }

  /** Writes a text to the cells from {@code at} on. */
  public @Nullable Misfit text(String value, float[] cells, int at) {
    return other(TEXT);
  }

  /** Writes a text of a source that has nothing but texts: as a number where one is needed. */
  public final @Nullable Misfit untyped(String value, float[] cells, int at) {
    return !takesWritten() && UntypedNumbers.isOne(value)
        ? number(Double.parseDouble(value), cells, at)
        : text(value, cells, at);
  }

  /** Writes {@code bytes[from, to)} to the cells from {@code at} on. */
  public @Nullable Misfit bytes(byte[] bytes, int from, int to, float[] cells, int at) {
    return other("bytes");
  }

  /** Returns null where a list may follow, item by item. */
  public @Nullable Misfit list() {
    return other("list");
  }

  /** Writes the item of a list with the given index, from 0 on. */
  public @Nullable Misfit item(int index, double value, float[] cells, int at) {
    return other("list");
  }

  /** Ends a list of so many items. */
  public @Nullable Misfit items(int count) {
    return other("list");
  }

  /** Returns what is wrong with a value of another kind than those above. */
  public abstract Misfit other(String found);

  /** Writes that there is no value, where that is allowed. */
  public final @Nullable Misfit missing(String found, float[] cells, int at) {
    if (!takesMissing) {
      return new Misfit(Misfit.Kind.MISSING, found);
    }
    for (int i = 0; i < width; i++) {
      cells[at + i] = Float.NaN;
    }
    return null;
  }

  /** Returns whether the cells say that there is no value. */
  static boolean isMissing(float[] cells, int at) {
    return Float.isNaN(cells[at]);
  }

  /** Writes a number, and to the cell {@code rest} what is left of it, unless that is -1. */
  static @Nullable Misfit write(double value, float[] cells, int at, int rest) {
    float single = (float) value;
    cells[at] = single;
    if (rest >= 0) {
      cells[rest] = Precision.rest(value);
    }
    return Float.isFinite(single)
        ? null
        : new Misfit(
            Misfit.Kind.NON_FINITE,
            Double.isFinite(value) ? NUMBER + " beyond single precision" : NUMBER);
  }
}
