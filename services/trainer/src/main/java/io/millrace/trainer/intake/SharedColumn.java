package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field that fills several columns, as when a number is an input and also what is learned. */
final class SharedColumn extends Column {
  private final List<Column> columns;
  private final boolean takesWritten;

  SharedColumn(String field, List<Column> columns) {
    super(field);
    this.columns = List.copyOf(columns);
    this.takesWritten = columns.stream().anyMatch(Column::takesWritten);
  }

  @Override
  boolean takesWritten() {
    return takesWritten;
  }

  @Override
  @Nullable Rejected number(double value, Rows rows) {
    return each(column -> column.number(value, rows));
  }

  @Override
  @Nullable Rejected written(String text, double value, Rows rows) {
    return each(column -> column.written(text, value, rows));
  }

  @Override
  @Nullable Rejected time(TimeKind kind, long seconds, int nanos, double number, Rows rows) {
    return each(column -> column.time(kind, seconds, nanos, number, rows));
  }

  @Override
  @Nullable Rejected truth(boolean value, Rows rows) {
    return each(column -> column.truth(value, rows));
  }

  @Override
  @Nullable Rejected text(String value, Rows rows) {
    return each(column -> column.text(value, rows));
  }

  @Override
  @Nullable Rejected untyped(String value, Rows rows) {
    return each(column -> column.untyped(value, rows));
  }

  @Override
  @Nullable Rejected bytes(byte[] bytes, int from, int to, Rows rows) {
    return each(column -> column.bytes(bytes, from, to, rows));
  }

  @Override
  @Nullable Rejected octets(byte[] bytes, int from, int to, Rows rows) {
    return each(column -> column.octets(bytes, from, to, rows));
  }

  @Override
  boolean takesList() {
    return columns.get(0).takesList();
  }

  @Override
  @Nullable Rejected beginList() {
    return each(Column::beginList);
  }

  @Override
  @Nullable Rejected item(double value, Rows rows) {
    return each(column -> column.item(value, rows));
  }

  @Override
  @Nullable Rejected item(String value, Rows rows) {
    return each(column -> column.item(value, rows));
  }

  @Override
  @Nullable Rejected writtenItem(String text, double value, Rows rows) {
    return each(column -> column.writtenItem(text, value, rows));
  }

  @Override
  @Nullable Rejected endList(Rows rows) {
    return each(column -> column.endList(rows));
  }

  @Override
  @Nullable Rejected missing(String found, Rows rows) {
    return each(column -> column.missing(found, rows));
  }

  @Override
  Rejected other(String found) {
    return columns.get(0).other(found);
  }

  private @Nullable Rejected each(Function<Column, @Nullable Rejected> step) {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      rejected = step.apply(columns.get(i));
    }
    return rejected;
  }
}
