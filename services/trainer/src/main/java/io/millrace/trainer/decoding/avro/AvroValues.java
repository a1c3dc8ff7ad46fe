package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Rejected;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The steps for values that contain no others, by their type or their logical type: dates and times
 * are read as times, decimals as numbers, and UUIDs as texts.
 */
final class AvroValues {
  private static final int ANY_SIZE = -1;
  private static final int UUID_SIZE = 16;

  private AvroValues() {}

  /** Takes {@code bytes[from, to)}. */
  private interface BytesTaker {
    @Nullable Rejected take(byte[] bytes, int from, int to, ExampleBatch rows);
  }

  /** Reads an item of a list. */
  static AvroStep item(Schema schema, Column column) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(
          schema,
          decimal,
          column,
          (value, rows) -> column.writtenItem(value.toString(), value.doubleValue(), rows));
    }
    return switch (schema.getType()) {
      case ENUM -> symbol(schema.getEnumSymbols(), column::item);
      case INT, LONG -> (reader, rows) -> column.integerItem(reader.integer(), rows);
      case FLOAT -> (reader, rows) -> column.singleItem(reader.float32(), rows);
      case DOUBLE -> (reader, rows) -> column.decimalItem(reader.float64(), rows);
      case STRING -> (reader, rows) -> column.item(reader.text(), rows);
      case BOOLEAN -> (reader, rows) -> column.truthItem(reader.truth(), rows);
      default -> (reader, rows) -> column.other("list with something else than numbers");
    };
  }

  /** Reads the value of a field. */
  static AvroStep take(Schema schema, Column column) {
    LogicalType logical = schema.getLogicalType();
    AvroTime time = AvroTime.of(logical);
    if (time != null) {
      return (reader, rows) -> time.hand(reader.integer(), column, rows);
    }
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return decimal(schema, decimal, column, column::decimal);
    }
    return switch (schema.getType()) {
      case INT, LONG -> (reader, rows) -> column.integer(reader.integer(), rows);
      case FLOAT -> (reader, rows) -> column.single(reader.float32(), rows);
      case DOUBLE -> (reader, rows) -> column.decimal(reader.float64(), rows);
      case BOOLEAN -> (reader, rows) -> column.truth(reader.truth(), rows);
      case STRING -> (reader, rows) -> column.text(reader.text(), rows);
      case ENUM -> symbol(schema.getEnumSymbols(), column::text);
      case NULL -> (reader, rows) -> column.missing("null", rows);
      case FIXED ->
          bytes(
              schema.getFixedSize(),
              logical instanceof LogicalTypes.Uuid && schema.getFixedSize() == UUID_SIZE
                  ? uuid(column)
                  : column::bytes);
      default -> bytes(ANY_SIZE, column::bytes);
    };
  }

  private static AvroStep symbol(
      List<String> symbols, BiFunction<String, ExampleBatch, @Nullable Rejected> taker) {
    return (reader, rows) -> {
      long index = reader.integer();
      if (index < 0 || index >= symbols.size()) {
        reader.fail();
        return null;
      }
      return taker.apply(symbols.get((int) index), rows);
    };
  }

  private static AvroStep decimal(
      Schema schema,
      LogicalTypes.Decimal type,
      Column column,
      BiFunction<BigDecimal, ExampleBatch, @Nullable Rejected> taker) {
    AvroDecimal decimal = AvroDecimal.of(type);
    int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : ANY_SIZE;
    return bytes(
        size,
        (bytes, from, to, rows) ->
            size != ANY_SIZE || decimal.has(to - from)
                ? taker.apply(decimal.number(bytes, from, to), rows)
                : column.other("decimal of the wrong length"));
  }

  private static BytesTaker uuid(Column column) {
    return (bytes, from, to, rows) -> {
      ByteBuffer halves = ByteBuffer.wrap(bytes, from, to - from);
      return column.text(new UUID(halves.getLong(), halves.getLong()).toString(), rows);
    };
  }

  /** Takes {@code size} bytes, or as many as the length prefix says. */
  private static AvroStep bytes(int size, BytesTaker taker) {
    return (reader, rows) -> {
      int end = size == ANY_SIZE ? reader.end() : reader.position() + size;
      if (end > reader.bytes().length || reader.isMalformed()) {
        reader.fail();
        return null;
      }
      int from = reader.position();
      reader.skipTo(end);
      return taker.take(reader.bytes(), from, end, rows);
    };
  }

  /** Skips a value. */
  static AvroStep pass(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG, ENUM -> (reader, rows) -> nothing(reader.integer());
      case FLOAT -> (reader, rows) -> skip(reader, Float.BYTES);
      case DOUBLE -> (reader, rows) -> skip(reader, Double.BYTES);
      case BOOLEAN -> (reader, rows) -> skip(reader, 1);
      case FIXED -> (reader, rows) -> skip(reader, schema.getFixedSize());
      case STRING, BYTES ->
          (reader, rows) -> {
            reader.skipTo(reader.end());
            return null;
          };
      default -> (reader, rows) -> null;
    };
  }

  private static @Nullable Rejected nothing(long unused) {
    return null;
  }

  private static @Nullable Rejected skip(AvroReader reader, int count) {
    reader.skip(count);
    return null;
  }
}
