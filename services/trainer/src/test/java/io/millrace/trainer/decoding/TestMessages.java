package io.millrace.trainer.decoding;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;

/** The conformance record as a protobuf message, in proto2 so that its fields have presence. */
final class TestMessages {
  private TestMessages() {}

  static FileDescriptorProto file() {
    return FileDescriptorProto.newBuilder()
        .setName("event.proto")
        .setPackage("test")
        .setSyntax("proto2")
        .addMessageType(DescriptorProto.newBuilder().setName("First"))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("Event")
                .addNestedType(
                    DescriptorProto.newBuilder()
                        .setName("User")
                        .addField(field("city", 7, Type.TYPE_STRING, Label.LABEL_OPTIONAL)))
                .addField(field("age", 1, Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL))
                .addField(
                    field("user", 2, Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL)
                        .setTypeName(".test.Event.User"))
                .addField(field("tags", 3, Type.TYPE_DOUBLE, Label.LABEL_REPEATED))
                .addField(field("note", 4, Type.TYPE_STRING, Label.LABEL_OPTIONAL))
                .addField(field("label", 5, Type.TYPE_STRING, Label.LABEL_OPTIONAL))
                .addField(field("ignored", 99, Type.TYPE_SINT64, Label.LABEL_OPTIONAL)))
        .build();
  }

  static Descriptor event() {
    try {
      return FileDescriptor.buildFrom(file(), new FileDescriptor[0]).findMessageTypeByName("Event");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(LogicalRecord record) {
    Descriptor type = event();
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    message.setField(type.findFieldByName("ignored"), -5L);
    record.fields().forEach((name, value) -> set(message, type, name, value));
    return message.build().toByteArray();
  }

  private static void set(
      DynamicMessage.Builder message, Descriptor type, String name, Object value) {
    if (name.equals("city")) {
      FieldDescriptor user = type.findFieldByName("user");
      Descriptor inside = user.getMessageType();
      message.setField(
          user,
          DynamicMessage.newBuilder(inside)
              .setField(inside.findFieldByName("city"), value)
              .build());
    } else if (value instanceof List<?> list) {
      list.forEach(item -> message.addRepeatedField(type.findFieldByName(name), item));
    } else {
      message.setField(type.findFieldByName(name), value);
    }
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, Type type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(label);
  }
}
