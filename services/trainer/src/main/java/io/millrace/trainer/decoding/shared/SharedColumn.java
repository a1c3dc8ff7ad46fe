package io.millrace.trainer.decoding.shared;

import io.millrace.learning.model.ExampleBatch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field that fills several columns, for example a number that is both an input and a label. */
final class SharedColumn extends Column {
  private final List<Column> columns;
  private final boolean takesWritten;

  SharedColumn(String field, List<Column> columns) {
    super(field);
    this.columns = List.copyOf(columns);
    this.takesWritten = columns.stream().anyMatch(Column::takesWritten);
  }

  @Override
  public boolean takesWritten() {
    return takesWritten;
  }

  @Override
  public @Nullable Rejected number(double value, ExampleBatch rows) {
    return each(column -> column.number(value, rows));
  }

  @Override
  public @Nullable Rejected written(String text, double value, ExampleBatch rows) {
    return each(column -> column.written(text, value, rows));
  }

  @Override
  public @Nullable Rejected time(
      TimeKind kind, long seconds, int nanos, double number, ExampleBatch rows) {
    return each(column -> column.time(kind, seconds, nanos, number, rows));
  }

  @Override
  public @Nullable Rejected truth(boolean value, ExampleBatch rows) {
    return each(column -> column.truth(value, rows));
  }

  @Override
  public @Nullable Rejected text(String value, ExampleBatch rows) {
    return each(column -> column.text(value, rows));
  }

  @Override
  public @Nullable Rejected untyped(String value, ExampleBatch rows) {
    return each(column -> column.untyped(value, rows));
  }

  @Override
  public @Nullable Rejected bytes(byte[] bytes, int from, int to, ExampleBatch rows) {
    return each(column -> column.bytes(bytes, from, to, rows));
  }

  @Override
  public @Nullable Rejected octets(byte[] bytes, int from, int to, ExampleBatch rows) {
    return each(column -> column.octets(bytes, from, to, rows));
  }

  @Override
  public boolean takesList() {
    return columns.get(0).takesList();
  }

  @Override
  public @Nullable Rejected beginList() {
    return each(Column::beginList);
  }

  @Override
  public @Nullable Rejected item(double value, ExampleBatch rows) {
    return each(column -> column.item(value, rows));
  }

  @Override
  public @Nullable Rejected item(String value, ExampleBatch rows) {
    return each(column -> column.item(value, rows));
  }

  @Override
  public @Nullable Rejected writtenItem(String text, double value, ExampleBatch rows) {
    return each(column -> column.writtenItem(text, value, rows));
  }

  @Override
  public @Nullable Rejected endList(ExampleBatch rows) {
    return each(column -> column.endList(rows));
  }

  @Override
  public @Nullable Rejected missing(String found, ExampleBatch rows) {
    return each(column -> column.missing(found, rows));
  }

  @Override
  public Rejected other(String found) {
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
