package io.millrace.trainer.decoding.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Rejected;
import org.jspecify.annotations.Nullable;

/** Reads one field of a message, of any type. */
final class MessageField {
  private final FieldDescriptor descriptor;
  private final @Nullable Column column;
  private final @Nullable MessagePlan inside;
  private final int wireType;
  private boolean inList;

  /**
   * @param column the column that the field itself fills
   * @param inside the plan for the message in the field, if the model reads fields of it
   */
  MessageField(FieldDescriptor descriptor, @Nullable Column column, @Nullable MessagePlan inside) {
    this.descriptor = descriptor;
    this.column = column;
    this.inside = inside;
    this.wireType =
        switch (descriptor.getType()) {
          case DOUBLE, FIXED64, SFIXED64 -> WireReader.FIXED64;
          case FLOAT, FIXED32, SFIXED32 -> WireReader.FIXED32;
          case STRING, BYTES, MESSAGE, GROUP -> WireReader.LENGTH_DELIMITED;
          default -> WireReader.VARINT;
        };
  }

  void begin() {
    inList = false;
    if (inside != null) {
      inside.begin();
    }
  }

  @Nullable Rejected read(WireReader wire, int tag, ExampleBatch rows) {
    int found = tag & 7;
    if (inside != null && found == WireReader.LENGTH_DELIMITED) {
      int outerEnd = wire.enter();
      Rejected rejected = inside.read(wire, rows);
      wire.leave(outerEnd);
      return rejected;
    }
    boolean packed = descriptor.isPackable() && found == WireReader.LENGTH_DELIMITED;
    if (column == null || (found != wireType && !packed)) {
      wire.skip(tag);
      return null;
    }
    if (!descriptor.isRepeated()) {
      return value(wire, column, rows);
    }
    Rejected rejected = inList ? null : column.beginList();
    inList = true;
    return rejected == null ? items(wire, packed, column, rows) : rejected;
  }

  /** Fills the column with its default if the field has no presence and was absent. */
  @Nullable Rejected absent(ExampleBatch rows) {
    if (column == null
        || column.isFilled()
        || descriptor.isRepeated()
        || descriptor.hasPresence()) {
      return null;
    }
    Object value = descriptor.getDefaultValue();
    return switch (descriptor.getJavaType()) {
      case INT, LONG -> column.integer(0, rows);
      case FLOAT, DOUBLE -> column.decimal(0, rows);
      case BOOLEAN -> column.truth(false, rows);
      case ENUM -> column.text(((EnumValueDescriptor) value).getName(), rows);
      case STRING -> column.text("", rows);
      case BYTE_STRING -> column.takesWritten() ? column.text("", rows) : null;
      case MESSAGE -> null;
    };
  }

  /** Ends a list. An absent list counts as empty if the column accepts that, else as missing. */
  @Nullable Rejected end(ExampleBatch rows) {
    boolean isWrapper = inside != null && WellKnownType.isWrapper(descriptor.getMessageType());
    Rejected rejected = inside == null || isWrapper ? null : inside.end(rows);
    if (rejected != null || column == null || !descriptor.isRepeated()) {
      return rejected;
    }
    if (inList) {
      return column.endList(rows);
    }
    if (column.beginList() == null) {
      Rejected unused = column.endList(rows);
    }
    return null;
  }

  private @Nullable Rejected items(
      WireReader wire, boolean packed, Column column, ExampleBatch rows) {
    if (!packed) {
      return item(wire, column, rows);
    }
    int outerEnd = wire.enter();
    Rejected rejected = null;
    while (wire.hasMore() && rejected == null) {
      rejected = item(wire, column, rows);
    }
    wire.leave(outerEnd);
    return rejected;
  }

  private @Nullable Rejected item(WireReader wire, Column column, ExampleBatch rows) {
    return switch (descriptor.getJavaType()) {
      case INT, LONG -> {
        long value = integer(wire);
        yield isUnsigned(value)
            ? column.writtenItem(Long.toUnsignedString(value), unsigned(value), rows)
            : column.integerItem(value, rows);
      }
      case FLOAT -> column.singleItem(Float.intBitsToFloat(wire.fixed32()), rows);
      case DOUBLE -> column.decimalItem(Double.longBitsToDouble(wire.fixed64()), rows);
      case ENUM -> column.item(name(wire), rows);
      case STRING -> column.item(wire.text(wire.fieldEnd()), rows);
      case BOOLEAN -> column.truthItem(wire.varint() != 0, rows);
      case BYTE_STRING, MESSAGE -> column.other("list with something else than numbers");
    };
  }

  private @Nullable Rejected value(WireReader wire, Column column, ExampleBatch rows) {
    return switch (descriptor.getJavaType()) {
      case INT, LONG -> {
        long value = integer(wire);
        yield isUnsigned(value)
            ? column.written(Long.toUnsignedString(value), unsigned(value), rows)
            : column.integer(value, rows);
      }
      case FLOAT -> column.single(Float.intBitsToFloat(wire.fixed32()), rows);
      case DOUBLE -> column.decimal(Double.longBitsToDouble(wire.fixed64()), rows);
      case BOOLEAN -> column.truth(wire.varint() != 0, rows);
      case ENUM -> column.text(name(wire), rows);
      case STRING -> column.text(wire.text(wire.fieldEnd()), rows);
      case BYTE_STRING -> {
        int end = wire.fieldEnd();
        int from = wire.position();
        wire.skipTo(end);
        yield wire.isMalformed() ? null : column.bytes(wire.bytes(), from, end, rows);
      }
      case MESSAGE -> message(wire, column, rows);
    };
  }

  private @Nullable Rejected message(WireReader wire, Column column, ExampleBatch rows) {
    WellKnownType type = WellKnownType.of(descriptor.getMessageType());
    if (type == null) {
      return column.other("object");
    }
    int outerEnd = wire.enter();
    Rejected rejected = type.read(wire, column, rows);
    wire.leave(outerEnd);
    return rejected;
  }

  private long integer(WireReader wire) {
    return switch (descriptor.getType()) {
      case INT32 -> (int) wire.varint();
      case UINT32 -> wire.varint() & 0xffffffffL;
      case SINT32, SINT64 -> {
        long value = wire.varint();
        yield (value >>> 1) ^ -(value & 1);
      }
      case FIXED32 -> wire.fixed32() & 0xffffffffL;
      case SFIXED32 -> wire.fixed32();
      case FIXED64, SFIXED64 -> wire.fixed64();
      default -> wire.varint();
    };
  }

  /** Returns whether only the unsigned 64-bit types have this number. */
  private boolean isUnsigned(long value) {
    return value < 0
        && (descriptor.getType() == Type.UINT64 || descriptor.getType() == Type.FIXED64);
  }

  private static double unsigned(long value) {
    return (value >>> 1) * 2.0;
  }

  private String name(WireReader wire) {
    int number = (int) wire.varint();
    EnumValueDescriptor known = descriptor.getEnumType().findValueByNumber(number);
    return known == null ? Integer.toString(number) : known.getName();
  }
}
