package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.TimeKind;
import org.apache.avro.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * One of Avro's logical types of dates and times, whose value is a whole number.
 *
 * @param kind what it says
 * @param perSecond how many of what it counts make a second; 0 where it counts days
 */
record AvroTime(TimeKind kind, int perSecond) {
  private static final int NANOS = 1_000_000_000;

  /** Returns the type, or null where it is another one. */
  static @Nullable AvroTime of(@Nullable LogicalType type) {
    return switch (type == null ? "" : type.getName()) {
      case "date" -> new AvroTime(TimeKind.DATE, 0);
      case "time-millis" -> new AvroTime(TimeKind.TIME_OF_DAY, 1000);
      case "time-micros" -> new AvroTime(TimeKind.TIME_OF_DAY, 1_000_000);
      case "timestamp-millis" -> new AvroTime(TimeKind.INSTANT, 1000);
      case "timestamp-micros" -> new AvroTime(TimeKind.INSTANT, 1_000_000);
      case "timestamp-nanos" -> new AvroTime(TimeKind.INSTANT, NANOS);
      case "local-timestamp-millis" -> new AvroTime(TimeKind.LOCAL, 1000);
      case "local-timestamp-micros" -> new AvroTime(TimeKind.LOCAL, 1_000_000);
      case "local-timestamp-nanos" -> new AvroTime(TimeKind.LOCAL, NANOS);
      default -> null;
    };
  }

  /** Hands a value to its column. */
  @Nullable Rejected hand(long value, Column column, ExampleBatch rows) {
    if (perSecond == 0) {
      return column.time(kind, value * TimeKind.SECONDS_PER_DAY, 0, value, rows);
    }
    int nanos = (int) Math.floorMod(value, perSecond) * (NANOS / perSecond);
    return column.time(kind, Math.floorDiv(value, perSecond), nanos, value, rows);
  }
}
