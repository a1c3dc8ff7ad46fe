package io.millrace.trainer.decoding.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.FieldTree;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plan for reading a message: field readers by field number. Other fields are skipped. */
final class MessagePlan {
  private final Map<Integer, MessageField> byNumber = new HashMap<>();
  private final List<MessageField> fields = new ArrayList<>();
  private final boolean isTop;

  MessagePlan(Descriptor type, FieldTree tree) {
    this(type, tree, true);
  }

  private MessagePlan(Descriptor type, FieldTree tree, boolean isTop) {
    this.isTop = isTop;
    for (FieldDescriptor field : type.getFields()) {
      FieldTree found = tree.find(field.getName());
      if (found != null) {
        MessageField reads = field(field, found);
        byNumber.put(field.getNumber(), reads);
        fields.add(reads);
      }
    }
  }

  private static MessageField field(FieldDescriptor field, FieldTree tree) {
    if (field.getJavaType() != JavaType.MESSAGE || field.isRepeated()) {
      return new MessageField(field, tree.column(), null);
    }
    Descriptor type = field.getMessageType();
    Column column = tree.column();
    if (tree.hasChildren()) {
      return new MessageField(field, column, new MessagePlan(type, tree, false));
    }
    return column != null && WellKnownType.isWrapper(type)
        ? new MessageField(field, null, new MessagePlan(type, FieldTree.of("value", column), false))
        : new MessageField(field, column, null);
  }

  /** Forgets the previous message. */
  void begin() {
    fields.forEach(MessageField::begin);
  }

  /** Reads the current message to its end. */
  @Nullable Rejected read(WireReader wire, ExampleBatch rows) {
    Rejected rejected = null;
    // A rejected value may not have been read to its end, so the bytes after it mean nothing.
    for (int tag = wire.nextTag(); tag != 0; tag = rejected == null ? wire.nextTag() : 0) {
      MessageField field = byNumber.get(tag >>> 3);
      if (field == null) {
        wire.skip(tag);
      } else {
        rejected = field.read(wire, tag, rows);
      }
    }
    return isTop || rejected != null ? rejected : absent(rows);
  }

  /** Ends the whole message: completes the lists, and fills absent fields with their defaults. */
  @Nullable Rejected end(ExampleBatch rows) {
    Rejected rejected = absent(rows);
    for (int i = 0; i < fields.size() && rejected == null; i++) {
      rejected = fields.get(i).end(rows);
    }
    return rejected;
  }

  private @Nullable Rejected absent(ExampleBatch rows) {
    Rejected rejected = null;
    for (int i = 0; i < fields.size() && rejected == null; i++) {
      rejected = fields.get(i).absent(rows);
    }
    return rejected;
  }
}
