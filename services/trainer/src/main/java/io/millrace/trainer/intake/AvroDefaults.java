package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What a schema says of the fields at the top of a record that a writer did not know. */
final class AvroDefaults {
  private final List<Column> columns = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  AvroDefaults(Schema schema, Columns all) {
    for (Schema.Field field : schema.getFields()) {
      Column column = all.of(field.name());
      if (column != null && field.hasDefaultValue()) {
        columns.add(column);
        values.add(field.defaultVal());
      }
    }
  }

  /** Gives the columns that are not filled their defaults. */
  @Nullable Rejected fill(Rows rows) {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      Column column = columns.get(i);
      rejected = column.isFilled() ? null : take(column, values.get(i), rows);
    }
    return rejected;
  }

  private static @Nullable Rejected take(Column column, Object value, Rows rows) {
    if (value == JsonProperties.NULL_VALUE) {
      return column.missing("null", rows);
    }
    if (value instanceof Integer || value instanceof Long) {
      return column.integer(((Number) value).longValue(), rows);
    }
    if (value instanceof Float number) {
      return column.single(number, rows);
    }
    if (value instanceof Number number) {
      return column.decimal(number.doubleValue(), rows);
    }
    if (value instanceof Boolean truth) {
      return column.truth(truth, rows);
    }
    if (value instanceof byte[] bytes) {
      return column.bytes(bytes, 0, bytes.length, rows);
    }
    return value instanceof Collection<?> list
        ? list(column, list, rows)
        : column.text(value.toString(), rows);
  }

  private static @Nullable Rejected list(Column column, Collection<?> list, Rows rows) {
    Rejected rejected = column.beginList();
    for (Object item : list) {
      if (rejected == null) {
        rejected =
            item instanceof Number number
                ? column.writtenItem(number.toString(), number.doubleValue(), rows)
                : column.item(item.toString(), rows);
      }
    }
    return rejected == null ? column.endList(rows) : rejected;
  }
}
