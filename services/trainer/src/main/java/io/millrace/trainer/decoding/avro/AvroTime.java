package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.TimeKind;
import org.apache.avro.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * One of Avro's logical types of dates and times, encoded as an integer.
 *
 * @param kind the kind of time
 * @param perSecond the units per second; 0 if the unit is a day
 */
record AvroTime(TimeKind kind, int perSecond) {
  private static final int NANOS = 1_000_000_000;

  /** Returns the type, or null for any other logical type. */
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

  /** Passes a value to its column. */
  @Nullable Rejected hand(long value, Column column, ExampleBatch rows) {
    if (perSecond == 0) {
      return column.time(kind, value * TimeKind.SECONDS_PER_DAY, 0, value, rows);
    }
    int nanos = (int) Math.floorMod(value, perSecond) * (NANOS / perSecond);
    return column.time(kind, Math.floorDiv(value, perSecond), nanos, value, rows);
  }
}
