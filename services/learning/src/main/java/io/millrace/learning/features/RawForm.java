package io.millrace.learning.features;

import org.jspecify.annotations.Nullable;

/**
 * How the value of one field is stored in a row before anything learned is applied: in a fixed
 * number of cells, each a single-precision number.
 *
 * <p>A reader of records or requests passes the value in the form that it found, to the method of
 * that form. The result is null if the value was accepted; otherwise it says what is wrong, and the
 * cells are undefined. A number or a truth value goes to {@link #text} if {@link #takesWritten}
 * says so. A list comes as its items, {@link #item}, and then its length, {@link #items}.
 * Immutable.
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

  /**
   * Returns how many numbers a value has when it is sent as numbers. Each takes one or two cells.
   */
  public int numbers() {
    return width;
  }

  /** Returns the cell of a number's rest, counted from the first one; -1 if there is none. */
  public final int restOf(int number) {
    return numbers() < width ? numbers() + number : -1;
  }

  /**
   * Returns one of the numbers of a value whose cells begin at {@code at}; NaN if it is missing.
   */
  public final double read(int number, float[] cells, int at) {
    int rest = restOf(number);
    return rest < 0 ? cells[at + number] : (double) cells[at + number] + cells[at + rest];
  }

  /** Returns whether the value may be missing; its first cell is then NaN. */
  public final boolean takesMissing() {
    return takesMissing;
  }

  /** Returns whether numbers and truth values are passed as they were written, as text. */
  public boolean takesWritten() {
    return false;
  }

  /** Returns whether the value is text, so that a client knows what to send. */
  public boolean isText() {
    return false;
  }

  /** Returns whether the value may come as bytes. */
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

  /** Writes a text from a source that has only texts, as a number if one is needed. */
  public final @Nullable Misfit untyped(String value, float[] cells, int at) {
    return !takesWritten() && UntypedNumbers.isOne(value)
        ? number(Double.parseDouble(value), cells, at)
        : text(value, cells, at);
  }

  /** Writes {@code bytes[from, to)} to the cells from {@code at} on. */
  public @Nullable Misfit bytes(byte[] bytes, int from, int to, float[] cells, int at) {
    return other("bytes");
  }

  /** Returns null if a list may follow, item by item. */
  public @Nullable Misfit list() {
    return other("list");
  }

  /** Writes the item of a list with the given index, from 0 on. */
  public @Nullable Misfit item(int index, double value, float[] cells, int at) {
    return other("list");
  }

  /** Ends a list of {@code count} items. */
  public @Nullable Misfit items(int count) {
    return other("list");
  }

  /**
   * Returns the misfit of a value of any other kind.
   *
   * @param found the kind of value
   */
  public abstract Misfit other(String found);

  /** Writes a missing value, if that is allowed. */
  public final @Nullable Misfit missing(String found, float[] cells, int at) {
    if (!takesMissing) {
      return new Misfit(Misfit.Kind.MISSING, found);
    }
    for (int i = 0; i < width; i++) {
      cells[at + i] = Float.NaN;
    }
    return null;
  }

  /** Returns whether the cells hold a missing value. */
  static boolean isMissing(float[] cells, int at) {
    return Float.isNaN(cells[at]);
  }

  /** Writes a number, and its rest to the cell {@code rest} unless that is -1. */
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
