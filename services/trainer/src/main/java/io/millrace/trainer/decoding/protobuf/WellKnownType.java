package io.millrace.trainer.decoding.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.decoding.shared.TimeKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A well-known protobuf type that is one value: a time, a duration in seconds, or a JSON value. The
 * wrappers, such as {@code DoubleValue}, are read as the value they hold.
 *
 * <p>Source: google/protobuf/timestamp.proto, duration.proto and struct.proto.
 */
public enum WellKnownType {
  TIMESTAMP {
    @Override
    @Nullable Rejected read(WireReader wire, Column column, ExampleBatch rows) {
      long seconds = 0;
      int nanos = 0;
      for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
        switch (tag) {
          case SECONDS -> seconds = wire.varint();
          case NANOS -> nanos = (int) wire.varint();
          default -> wire.skip(tag);
        }
      }
      return nanos < 0 || nanos >= NANOS_PER_SECOND
          ? column.rejected(Reason.NOT_A_TIME, "a time out of range")
          : column.time(TimeKind.INSTANT, seconds, nanos, seconds + nanos * 1e-9, rows);
    }
  },

  DURATION {
    @Override
    @Nullable Rejected read(WireReader wire, Column column, ExampleBatch rows) {
      long seconds = 0;
      int nanos = 0;
      for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
        switch (tag) {
          case SECONDS -> seconds = wire.varint();
          case NANOS -> nanos = (int) wire.varint();
          default -> wire.skip(tag);
        }
      }
      return column.decimal(
          BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, DECIMALS)), rows);
    }
  },

  /** A JSON value. A record with an object or a list in it is rejected. */
  VALUE {
    @Override
    @Nullable Rejected read(WireReader wire, Column column, ExampleBatch rows) {
      Rejected rejected = null;
      boolean found = false;
      for (int tag = wire.nextTag(); tag != 0 && rejected == null; tag = wire.nextTag()) {
        found = true;
        rejected = value(tag, wire, column, rows);
      }
      return found ? rejected : column.missing("nothing", rows);
    }
  };

  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int DECIMALS = 9;

  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;

  private static final int NULL_VALUE = 1 << 3;
  private static final int NUMBER_VALUE = 2 << 3 | WireReader.FIXED64;
  private static final int STRING_VALUE = 3 << 3 | WireReader.LENGTH_DELIMITED;
  private static final int BOOL_VALUE = 4 << 3;
  private static final int STRUCT_VALUE = 5 << 3 | WireReader.LENGTH_DELIMITED;
  private static final int LIST_VALUE = 6 << 3 | WireReader.LENGTH_DELIMITED;

  /** Returns the type, or null for any other message. */
  public static @Nullable WellKnownType of(Descriptor message) {
    return switch (message.getFullName()) {
      case "google.protobuf.Timestamp" -> TIMESTAMP;
      case "google.protobuf.Duration" -> DURATION;
      case "google.protobuf.Value" -> VALUE;
      default -> null;
    };
  }

  /** Returns whether a message is a wrapper of one value, the field {@code value}. */
  public static boolean isWrapper(Descriptor message) {
    return message.getFile().getPackage().equals("google.protobuf")
        && message.getName().matches("(Double|Float|U?Int(32|64)|Bool|String|Bytes)Value");
  }

  /** Reads the current message to its end. */
  abstract @Nullable Rejected read(WireReader wire, Column column, ExampleBatch rows);

  private static @Nullable Rejected value(
      int tag, WireReader wire, Column column, ExampleBatch rows) {
    return switch (tag) {
      case NULL_VALUE -> {
        long unused = wire.varint();
        yield column.missing("null", rows);
      }
      case NUMBER_VALUE -> column.decimal(Double.longBitsToDouble(wire.fixed64()), rows);
      case STRING_VALUE -> column.text(wire.text(wire.fieldEnd()), rows);
      case BOOL_VALUE -> column.truth(wire.varint() != 0, rows);
      case STRUCT_VALUE -> column.other("object");
      case LIST_VALUE -> column.other("list in a value of JSON");
      default -> {
        wire.skip(tag);
        yield null;
      }
    };
  }
}
