package io.millrace.trainer.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.avro.AvroDecoder;
import io.millrace.trainer.decoding.avro.AvroSchemas;
import io.millrace.trainer.decoding.protobuf.ExampleDecoder;
import io.millrace.trainer.decoding.protobuf.MessageDecoder;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Every format with named fields, with its encoder and decoder. */
enum TestFormat {
  JSON("user.city") {
    @Override
    byte[] bytes(LogicalRecord record) {
      String members =
          record.fields().entrySet().stream()
              .map(field -> json(field.getKey(), field.getValue()))
              .collect(Collectors.joining(", "));
      return ("{\"ignored\": {\"age\": []}, " + members + "}").getBytes(UTF_8);
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new JsonDecoder(columns);
    }
  },

  CSV("user.city") {
    private final List<String> columns = List.of("label", "x", "tags", "note", "city", "age");

    @Override
    byte[] bytes(LogicalRecord record) {
      return columns.stream()
          .map(column -> cell(record.fields().getOrDefault(column, "")))
          .collect(Collectors.joining(","))
          .getBytes(UTF_8);
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new CsvDecoder(
          columns, List.of("label", "x", "tags", "note", "user.city", "age"), ',');
    }
  },

  AVRO("user.city") {
    @Override
    byte[] bytes(LogicalRecord record) {
      return avro(record);
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new AvroDecoder(columns, new AvroSchemas(AVRO_SCHEMA, Map.of()));
    }
  },

  CONFLUENT_AVRO("user.city") {
    @Override
    byte[] bytes(LogicalRecord record) {
      return framed(new byte[0], avro(record));
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new AvroDecoder(columns, new AvroSchemas(AVRO_SCHEMA, Map.of(SCHEMA_ID, AVRO_SCHEMA)));
    }
  },

  PROTOBUF_MESSAGE("user.city") {
    @Override
    byte[] bytes(LogicalRecord record) {
      return TestMessages.bytes(record);
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new MessageDecoder(columns, TestMessages.event(), false);
    }
  },

  CONFLUENT_PROTOBUF_MESSAGE("user.city") {
    @Override
    byte[] bytes(LogicalRecord record) {
      return framed(new byte[] {2, 2}, TestMessages.bytes(record)); // one index: 1
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new MessageDecoder(columns, TestMessages.event(), true);
    }
  },

  TF_EXAMPLE("city") {
    @Override
    byte[] bytes(LogicalRecord record) {
      ByteArrayOutputStream features = new ByteArrayOutputStream();
      record.fields().forEach((name, value) -> write(features, 1, entry(name, value)));
      ByteArrayOutputStream example = new ByteArrayOutputStream();
      write(example, 1, features.toByteArray());
      return example.toByteArray();
    }

    @Override
    RecordDecoder decoder(Columns columns) {
      return new ExampleDecoder(columns);
    }
  };

  private static final int SCHEMA_ID = 70_000;
  private static final Schema AVRO_SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Event", "fields": [
                {"name": "ignored", "type": {"type": "map", "values": "long"}},
                {"name": "age", "type": ["null", "double"]},
                {"name": "user", "type": ["null", {"type": "record", "name": "User", "fields": [
                  {"name": "city", "type": "string"},
                  {"name": "friend", "type": ["null", "User"]}]}]},
                {"name": "tags", "type": ["null", {"type": "array", "items": "double"}]},
                {"name": "note", "type": ["null", "string"]},
                {"name": "label", "type": ["null", "string"]}]}
              """);

  private final String city;

  TestFormat(String city) {
    this.city = city;
  }

  /** Returns the path of the city in this format, which may not support objects. */
  String city() {
    return city;
  }

  abstract byte[] bytes(LogicalRecord record);

  abstract RecordDecoder decoder(Columns columns);

  RecordDecoder decoder(ModelDefinition model) {
    return decoder(new Columns(model));
  }

  static String json(String name, Object value) {
    if (name.equals("city")) {
      return "\"user\": {\"other\": [{}], \"city\": " + json(value) + "}";
    }
    return "\"" + name + "\": " + json(value);
  }

  static String json(Object value) {
    return value instanceof String text
        ? "\"" + text.replace("\"", "\\\"") + "\""
        : String.valueOf(value);
  }

  static String cell(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
    return value instanceof String text && text.contains("\"")
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : String.valueOf(value);
  }

  static byte[] avro(LogicalRecord record) {
    GenericRecord datum = new GenericData.Record(AVRO_SCHEMA);
    datum.put("ignored", Map.of("a", 1L, "b", -2L));
    record
        .fields()
        .forEach(
            (name, value) -> {
              if (name.equals("city")) {
                Schema type = AVRO_SCHEMA.getField("user").schema().getTypes().get(1);
                GenericRecord user = new GenericData.Record(type);
                user.put("city", value);
                datum.put("user", user);
              } else {
                datum.put(name, value);
              }
            });
    return avro(AVRO_SCHEMA, datum);
  }

  static byte[] avro(Schema schema, GenericRecord datum) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] framed(byte[] indexes, byte[] payload) {
    return ByteBuffer.allocate(5 + indexes.length + payload.length)
        .put((byte) 0)
        .putInt(SCHEMA_ID)
        .put(indexes)
        .put(payload)
        .array();
  }

  static byte[] entry(String name, Object value) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    List<?> values = value instanceof List<?> several ? several : List.of(value);
    boolean texts = values.get(0) instanceof String;
    if (texts) {
      values.forEach(text -> write(list, 1, ((String) text).getBytes(UTF_8)));
    } else {
      ByteBuffer floats = ByteBuffer.allocate(4 * values.size());
      values.forEach(
          number ->
              floats.putInt(
                  Integer.reverseBytes(Float.floatToIntBits(((Number) number).floatValue()))));
      write(list, 1, floats.array());
    }
    ByteArrayOutputStream feature = new ByteArrayOutputStream();
    write(feature, texts ? 1 : 2, list.toByteArray());
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    write(entry, 1, name.getBytes(UTF_8));
    write(entry, 2, feature.toByteArray());
    return entry.toByteArray();
  }

  static void write(ByteArrayOutputStream target, int field, byte[] content) {
    try {
      CodedOutputStream coded = CodedOutputStream.newInstance(target);
      coded.writeBytes(field, ByteString.copyFrom(Arrays.copyOf(content, content.length)));
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
