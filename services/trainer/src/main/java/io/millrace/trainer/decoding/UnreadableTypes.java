package io.millrace.trainer.decoding;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.millrace.trainer.decoding.protobuf.WellKnownType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Finds fields of schemas whose type no model can read: types other than numbers, texts, truth
 * values, times, and lists of numbers or texts. They are reported at start, since otherwise every
 * record would become a dead letter.
 */
final class UnreadableTypes {
  private static final Set<String> LOGICAL = Set.of("duration", "big-decimal");

  private UnreadableTypes() {}

  /** Returns the type at a path if it cannot be read. */
  static Optional<String> at(Schema schema, String path) {
    return at(schema, List.of(path.split("\\.", -1)));
  }

  /** Returns the type at a path if it cannot be read. */
  static Optional<String> at(Descriptor message, String path) {
    Descriptor inside = message;
    List<String> names = List.of(path.split("\\.", -1));
    for (int i = 0; i < names.size(); i++) {
      FieldDescriptor field = inside.findFieldByName(names.get(i));
      boolean isLast = i == names.size() - 1;
      if (field == null) {
        return isOpen(inside) ? Optional.of("a " + inside.getFullName()) : Optional.empty();
      }
      if (isLast || field.getJavaType() != JavaType.MESSAGE || field.isRepeated()) {
        return isLast ? unreadable(field) : Optional.empty();
      }
      inside = field.getMessageType();
    }
    return Optional.empty();
  }

  private static Optional<String> at(Schema schema, List<String> names) {
    return switch (schema.getType()) {
      case UNION -> ofUnion(schema, names);
      case RECORD -> {
        Schema.Field field = names.isEmpty() ? null : schema.getField(names.get(0));
        yield field != null
            ? at(field.schema(), names.subList(1, names.size()))
            : names.isEmpty() ? Optional.of("a record") : Optional.empty();
      }
      case MAP -> Optional.of("a map");
      case ARRAY -> ofItems(schema.getElementType());
      default -> ofValue(schema);
    };
  }

  /** A union can be read if one of its types can. */
  private static Optional<String> ofUnion(Schema union, List<String> names) {
    List<Optional<String>> types =
        union.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .map(type -> at(type, names))
            .toList();
    return types.stream().allMatch(Optional::isPresent)
        ? types.stream().flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  private static Optional<String> ofItems(Schema items) {
    return switch (items.getType()) {
      case INT, LONG, FLOAT, DOUBLE, STRING, ENUM -> Optional.empty();
      case BYTES, FIXED ->
          items.getLogicalType() instanceof LogicalTypes.Decimal
              ? Optional.empty()
              : Optional.of("a list of bytes");
      default -> Optional.of("a list of " + items.getType().getName() + "s");
    };
  }

  private static Optional<String> ofValue(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return logical != null && LOGICAL.contains(logical.getName())
        ? Optional.of("of the logical type " + logical.getName())
        : Optional.empty();
  }

  private static Optional<String> unreadable(FieldDescriptor field) {
    if (field.getJavaType() == JavaType.BYTE_STRING && field.isRepeated()) {
      return Optional.of("a list of bytes");
    }
    if (field.getJavaType() != JavaType.MESSAGE) {
      return Optional.empty();
    }
    if (field.isMapField()) {
      return Optional.of("a map");
    }
    Descriptor type = field.getMessageType();
    if (field.isRepeated()) {
      return Optional.of("a list of " + type.getFullName());
    }
    boolean isValue = WellKnownType.of(type) != null || WellKnownType.isWrapper(type);
    return isValue ? Optional.empty() : Optional.of("a " + type.getFullName());
  }

  /** Returns whether a message may hold fields that its descriptor does not name. */
  private static boolean isOpen(Descriptor message) {
    return Set.of("google.protobuf.Struct", "google.protobuf.Any").contains(message.getFullName());
  }
}
