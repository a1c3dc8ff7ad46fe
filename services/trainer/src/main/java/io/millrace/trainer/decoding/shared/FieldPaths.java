package io.millrace.trainer.decoding.shared;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import org.apache.avro.Schema;

/** Checks whether a dotted path leads to a single value, not to a list or an object. */
public final class FieldPaths {
  private static final String DOT = "\\.";

  private FieldPaths() {}

  public static boolean isIn(Schema schema, String path) {
    return isIn(schema, List.of(path.split(DOT, -1)));
  }

  public static boolean isIn(Descriptor message, String path) {
    String[] names = path.split(DOT, -1);
    Descriptor inside = message;
    for (int i = 0; i < names.length; i++) {
      FieldDescriptor field = inside.findFieldByName(names[i]);
      if (field == null || field.isRepeated()) {
        return false;
      }
      boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (isMessage == (i == names.length - 1)) {
        return false;
      }
      inside = isMessage ? field.getMessageType() : inside;
    }
    return true;
  }

  private static boolean isIn(Schema schema, List<String> names) {
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().anyMatch(type -> isIn(type, names));
      case RECORD -> {
        Schema.Field field = names.isEmpty() ? null : schema.getField(names.get(0));
        yield field != null && isIn(field.schema(), names.subList(1, names.size()));
      }
      case ARRAY, MAP, NULL -> false;
      default -> names.isEmpty();
    };
  }
}
