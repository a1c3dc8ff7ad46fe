package io.millrace.trainer.decoding.shared;

import io.millrace.learning.features.TermName;
import io.millrace.learning.features.Utf8Text;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one field of a record fills in a row. A decoder of any format with named fields passes the
 * value in the form that it found. The column takes the value, or returns why it cannot.
 */
public abstract sealed class Column
    permits CellColumn, ClassColumn, ClassesColumn, SharedColumn, TextColumn {
  private static final String NO_TEXT = "bytes that are no UTF-8";

  private final String field;
  private boolean filled;

  Column(String field) {
    this.field = field;
  }

  final String field() {
    return field;
  }

  public final boolean isFilled() {
    return filled;
  }

  /** Forgets the previous record. */
  void begin() {
    filled = false;
  }

  /** Returns whether a number must be passed as it was written, with {@link #written}. */
  public boolean takesWritten() {
    return false;
  }

  public @Nullable Rejected number(double value, ExampleBatch rows) {
    return other("number");
  }

  /** Takes a number, either its written form or its value. */
  public @Nullable Rejected written(String text, double value, ExampleBatch rows) {
    return takesWritten() ? text(TermName.of(text), rows) : number(value, rows);
  }

  /** Takes an integer of a binary format, in which numbers have no written form. */
  public final @Nullable Rejected integer(long value, ExampleBatch rows) {
    return takesWritten() ? written(Long.toString(value), value, rows) : number(value, rows);
  }

  /** Takes a double-precision number of a binary format. */
  public final @Nullable Rejected decimal(double value, ExampleBatch rows) {
    if (!takesWritten()) {
      return number(value, rows);
    }
    return Double.isFinite(value) ? written(Double.toString(value), value, rows) : notFinite();
  }

  /**
   * Takes a single-precision number of a binary format. Its written form has the fewest digits that
   * distinguish it, as in text formats: 0.1, not 0.10000000149011612.
   */
  public final @Nullable Rejected single(float value, ExampleBatch rows) {
    if (!takesWritten()) {
      return number(value, rows);
    }
    return Float.isFinite(value) ? written(Float.toString(value), value, rows) : notFinite();
  }

  /** Returns the rejection of a number that is not finite. */
  public final Rejected notFinite() {
    return rejected(Reason.NON_FINITE, "number");
  }

  /**
   * Takes a time: as the record's number if the column needs a number, or as a text if it needs a
   * name.
   *
   * @param seconds since 1970
   * @param nanos nanoseconds within the second
   * @param number the record's value, in its own unit
   */
  public @Nullable Rejected time(
      TimeKind kind, long seconds, int nanos, double number, ExampleBatch rows) {
    if (!kind.has(seconds)) {
      return rejected(Reason.NOT_A_TIME, "a time out of range");
    }
    return takesWritten() ? text(kind.text(seconds, nanos), rows) : number(number, rows);
  }

  /** Takes a decimal number of any length. */
  public final @Nullable Rejected decimal(BigDecimal value, ExampleBatch rows) {
    return takesWritten()
        ? written(value.toString(), value.doubleValue(), rows)
        : number(value.doubleValue(), rows);
  }

  public @Nullable Rejected truth(boolean value, ExampleBatch rows) {
    return takesWritten() ? text(Boolean.toString(value), rows) : other("boolean");
  }

  public @Nullable Rejected text(String value, ExampleBatch rows) {
    return other("text");
  }

  /** Takes a text of a format in which all values are texts. It is parsed if a number is needed. */
  public @Nullable Rejected untyped(String value, ExampleBatch rows) {
    return text(value, rows);
  }

  /** Takes {@code bytes[from, to)}, as a text if a name is needed. */
  public @Nullable Rejected bytes(byte[] bytes, int from, int to, ExampleBatch rows) {
    return takesWritten() ? octets(bytes, from, to, rows) : other("bytes");
  }

  /**
   * Takes {@code bytes[from, to)} of a format that has no text type, as a text if one is needed.
   */
  public @Nullable Rejected octets(byte[] bytes, int from, int to, ExampleBatch rows) {
    String text = Utf8Text.of(bytes, from, to);
    return text == null ? other(NO_TEXT) : text(text, rows);
  }

  /** Returns whether the column needs a list, even of one item. */
  public boolean takesList() {
    return false;
  }

  /** Starts a list. Its items follow through {@link #item}, and {@link #endList} ends it. */
  public @Nullable Rejected beginList() {
    return other("list");
  }

  public @Nullable Rejected item(double value, ExampleBatch rows) {
    return other("list with something else than texts");
  }

  public @Nullable Rejected item(String value, ExampleBatch rows) {
    return other("list with something else than numbers");
  }

  /** Takes a number in a list, either its written form or its value. */
  public @Nullable Rejected writtenItem(String text, double value, ExampleBatch rows) {
    return takesWritten() ? item(TermName.of(text), rows) : item(value, rows);
  }

  /** Takes {@code bytes[from, to)} as a list item of a format that has no text type. */
  public final @Nullable Rejected octetsItem(byte[] bytes, int from, int to, ExampleBatch rows) {
    String text = Utf8Text.of(bytes, from, to);
    return text == null ? other(NO_TEXT) : item(text, rows);
  }

  /** Takes a truth value in a list. */
  public final @Nullable Rejected truthItem(boolean value, ExampleBatch rows) {
    return takesWritten()
        ? item(Boolean.toString(value), rows)
        : other("list with something else than numbers");
  }

  /** Takes an integer in a list of a binary format. */
  public final @Nullable Rejected integerItem(long value, ExampleBatch rows) {
    return takesWritten()
        ? writtenItem(Long.toString(value), value, rows)
        : item((double) value, rows);
  }

  /** Takes a double-precision number in a list of a binary format. */
  public final @Nullable Rejected decimalItem(double value, ExampleBatch rows) {
    if (!takesWritten()) {
      return item(value, rows);
    }
    return Double.isFinite(value) ? writtenItem(Double.toString(value), value, rows) : notFinite();
  }

  /** Takes a single-precision number in a list of a binary format. */
  public final @Nullable Rejected singleItem(float value, ExampleBatch rows) {
    if (!takesWritten()) {
      return item(value, rows);
    }
    return Float.isFinite(value) ? writtenItem(Float.toString(value), value, rows) : notFinite();
  }

  public @Nullable Rejected endList(ExampleBatch rows) {
    return null;
  }

  /** Handles an absent value. {@code found} says in what form it is absent, such as null. */
  public @Nullable Rejected missing(String found, ExampleBatch rows) {
    return rejected(Reason.MISSING_FIELD, found);
  }

  /** Returns the rejection of a value that the column cannot take. */
  public Rejected other(String found) {
    return rejected(Reason.NOT_A_NUMBER, found);
  }

  public final Rejected rejected(Reason reason, String found) {
    return new Rejected(reason, field, found);
  }

  final @Nullable Rejected filled() {
    filled = true;
    return null;
  }
}
