package io.millrace.trainer.decoding;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/** Messages {@code test.R} of Protocol Buffers with a field {@code v} of a type and a label. */
final class OneFieldMessages {
  private OneFieldMessages() {}

  /** Returns a message whose field {@code v} is of this type. */
  static Descriptor of(Descriptor type) {
    try {
      FileDescriptor[] imports = {type.getFile()};
      return FileDescriptor.buildFrom(file(type), imports).findMessageTypeByName("R");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the files of that message, the type's own among them. */
  static FileDescriptorSet set(Descriptor type) {
    return FileDescriptorSet.newBuilder()
        .addFile(type.getFile().toProto())
        .addFile(file(type))
        .build();
  }

  private static FileDescriptorProto file(Descriptor type) {
    return FileDescriptorProto.newBuilder()
        .setName("r.proto")
        .setPackage("test")
        .setSyntax("proto3")
        .addDependency(type.getFile().getName())
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("R")
                .addField(
                    FieldDescriptorProto.newBuilder()
                        .setName("v")
                        .setNumber(1)
                        .setType(Type.TYPE_MESSAGE)
                        .setTypeName("." + type.getFullName()))
                .addField(
                    FieldDescriptorProto.newBuilder()
                        .setName("label")
                        .setNumber(2)
                        .setType(Type.TYPE_DOUBLE)))
        .build();
  }
}
