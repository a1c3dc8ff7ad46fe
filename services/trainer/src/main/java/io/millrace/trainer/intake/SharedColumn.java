package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field that fills several columns, as when a number is an input and also what is learned. */
final class SharedColumn extends Column {
  private final List<Column> columns;
  private final boolean takesWritten;

  SharedColumn(String field, List<Column> columns) {
    super(field);
    this.columns = List.copyOf(columns);
    this.takesWritten = columns.stream().allMatch(Column::takesWritten);
  }

  @Override
  boolean takesWritten() {
    return takesWritten;
  }

  @Override
  @Nullable Rejected number(double value, Rows rows) {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      rejected = columns.get(i).number(value, rows);
    }
    return rejected;
  }

  @Override
  @Nullable Rejected text(String value, Rows rows) {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      rejected = columns.get(i).text(value, rows);
    }
    return rejected;
  }

  @Override
  @Nullable Rejected beginList() {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      rejected = columns.get(i).beginList();
    }
    return rejected;
  }

  @Override
  @Nullable Rejected endList() {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      rejected = columns.get(i).endList();
    }
    return rejected;
  }
}
