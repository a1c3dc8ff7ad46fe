package io.millrace.trainer.decoding;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.avro.AvroDecoder;
import io.millrace.trainer.decoding.avro.AvroSchemas;
import io.millrace.trainer.decoding.protobuf.MessageDecoder;
import io.millrace.trainer.decoding.shared.DecoderFactory;
import io.millrace.trainer.decoding.shared.FieldPaths;
import io.millrace.trainer.decoding.shared.NamedFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Formats that are described by a file. A file that cannot be used is reported as a problem of the
 * settings.
 */
final class SchemaFiles {
  /** A placeholder that never decodes: the reported problems prevent the start. */
  private static final DecoderFactory UNUSABLE = new NamedFields(JsonDecoder::new);

  private SchemaFiles() {}

  static DecoderFactory avro(Section section, boolean framed) {
    Optional<Schema> schema = schema(section, "schema", "file of the Avro schema; of format avro");
    if (!section.has("schema")) {
      section.report("schema", "is required: a file of the Avro schema");
    }
    Map<Integer, Schema> byId = framed ? schemasById(section) : Map.of();
    if (framed && byId.isEmpty()) {
      section.report("schemas", "is required: by number in the registry, a file of each schema");
    }
    return schema.isEmpty() || framed == byId.isEmpty()
        ? UNUSABLE
        : avro(new AvroSchemas(schema.get(), byId));
  }

  static DecoderFactory message(Section section, boolean framed) {
    Optional<Path> file =
        section.filePath("descriptor_set", "file of protoc --descriptor_set_out --include_imports");
    String name =
        section
            .text("message", "full name of the message's type; of format protobuf_message")
            .required();
    if (file.isEmpty()) {
      section.report("descriptor_set", "is required: a file of protoc --descriptor_set_out");
    }
    Optional<Descriptor> type = file.flatMap(path -> descriptor(section, path, name));
    return type.isEmpty()
        ? UNUSABLE
        : new NamedFields(
            fields -> new MessageDecoder(fields, type.get(), framed),
            path -> FieldPaths.isIn(type.get(), path),
            path -> UnreadableTypes.at(type.get(), path));
  }

  private static DecoderFactory avro(AvroSchemas schemas) {
    return new NamedFields(
        fields -> new AvroDecoder(fields, schemas),
        path -> FieldPaths.isIn(schemas.reader(), path),
        path -> UnreadableTypes.at(schemas.reader(), path));
  }

  private static Map<Integer, Schema> schemasById(Section section) {
    Section schemas = section.section("schemas");
    Map<Integer, Schema> byId = new HashMap<>();
    for (String id : schemas.tree().keySet()) {
      Optional<Schema> schema = schema(schemas, id, "file of the schema with that number");
      if (!id.matches("\\d{1,9}")) {
        schemas.report(id, "is no number of a schema");
      } else if (schema.isPresent()) {
        byId.put(Integer.valueOf(id), schema.get());
      }
    }
    return byId;
  }

  private static Optional<Schema> schema(Section section, String key, String meaning) {
    Optional<Path> file = section.filePath(key, meaning);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      Schema schema = new Schema.Parser().parse(Files.readString(file.get()));
      if (schema.getType() == Schema.Type.RECORD) {
        return Optional.of(schema);
      }
      section.report(key, "is " + file.get() + ", which is no schema of a record");
    } catch (IOException | AvroRuntimeException e) {
      section.report(key, "is " + file.get() + ", which is no Avro schema: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<Descriptor> descriptor(Section section, Path file, String name) {
    try {
      FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(file));
      Optional<Descriptor> found = find(set, name);
      if (found.isEmpty()) {
        section.report("message", "is " + name + ", which is not in " + file);
      }
      return found;
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      section.report("descriptor_set", "is " + file + ", which is no whole descriptor set");
    } catch (IOException e) {
      section.report("descriptor_set", "is " + file + ", which cannot be read");
    }
    return Optional.empty();
  }

  private static Optional<Descriptor> find(FileDescriptorSet set, String name)
      throws DescriptorValidationException {
    Map<String, FileDescriptor> files = new HashMap<>();
    Optional<Descriptor> found = Optional.empty();
    for (FileDescriptorProto each : set.getFileList()) { // imported files come first
      List<FileDescriptor> imports = new ArrayList<>();
      for (String imported : each.getDependencyList()) {
        FileDescriptor known = files.get(imported);
        if (known != null) {
          imports.add(known);
        }
      }
      FileDescriptor file = FileDescriptor.buildFrom(each, imports.toArray(FileDescriptor[]::new));
      files.put(each.getName(), file);
      found = found.or(() -> find(file.getMessageTypes(), name));
    }
    return found;
  }

  private static Optional<Descriptor> find(List<Descriptor> types, String name) {
    for (Descriptor type : types) {
      Optional<Descriptor> found =
          type.getFullName().equals(name) ? Optional.of(type) : find(type.getNestedTypes(), name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
