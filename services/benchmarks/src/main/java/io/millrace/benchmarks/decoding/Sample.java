package io.millrace.benchmarks.decoding;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.RecordSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Records of numbers and a class in one format, and their decoder as created from settings. For
 * {@code protobuf_message} the message is a {@link LabelledRecord}, of which the plain fields are
 * read.
 */
final class Sample {
  static final List<String> FORMATS =
      List.of("json", "csv", "avro", "protobuf", "protobuf_message", "tf_example");

  private static final List<String> CLASSES =
      IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();

  private final String format;
  private final List<String> fields;
  private final Schema schema;

  Sample(String format, int features) {
    this.format = format;
    this.fields = IntStream.range(0, features).mapToObj(i -> "field_" + i).toList();
    SchemaBuilder.FieldAssembler<Schema> assembler = SchemaBuilder.record("Record").fields();
    for (String field : fields) {
      assembler = assembler.requiredDouble(field);
    }
    this.schema = assembler.requiredString("letter").endRecord();
  }

  ModelDefinition model() {
    Map<String, Object> inputs =
        format.equals("protobuf_message")
            ? Map.of(
                "features",
                List.of(
                    Map.of("field", "id", "type", "category", "hash_buckets", 16),
                    Map.of("field", "event_time_millis", "type", "date"),
                    Map.of("field", "weight", "missing", "mean")))
            : Map.of("fields", fields);
    Map<String, Object> output =
        format.equals("protobuf_message")
            ? Map.of("field", "event_time_millis")
            : Map.of("classes", CLASSES);
    Map<String, Object> layer =
        format.equals("protobuf_message")
            ? Map.of("type", "dense", "units", 1)
            : Map.of("type", "dense", "units", CLASSES.size(), "activation", "softmax");
    ModelDefinition model =
        ModelDefinition.read(
            Section.root(
                Map.of(
                    "inputs", Map.of("features", inputs),
                    "outputs", Map.of("letter", output),
                    "network", Map.of("layers", List.of(layer)))));
    return format.equals("protobuf") ? model.inSinglePrecision() : model;
  }

  RecordDecoder decoder() throws IOException {
    Map<String, Object> records = new HashMap<>(Map.of("topic", "t", "format", format));
    Path file = Files.createTempFile("millrace", ".schema");
    switch (format) {
      case "csv" -> records.put("columns", columns());
      case "avro" -> {
        Files.writeString(file, schema.toString());
        records.put("schema", file.toString());
      }
      case "protobuf_message" -> {
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        set.addFile(LabelledRecord.getDescriptor().getFile().toProto());
        Files.write(file, set.build().toByteArray());
        records.put("descriptor_set", file.toString());
        records.put("message", LabelledRecord.getDescriptor().getFullName());
      }
      default -> {}
    }
    Section root = Section.root(records);
    RecordDecoder decoder = RecordSettings.read(root).decoder(model());
    root.finish();
    Files.delete(file);
    return decoder;
  }

  byte[] record(Random random) throws IOException {
    float[] values = new float[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    String letter = CLASSES.get(random.nextInt(CLASSES.size()));
    return switch (format) {
      case "json" -> json(values, letter);
      case "csv" -> csv(values, letter);
      case "avro" -> avro(values, letter);
      case "tf_example" -> example(values, letter);
      default -> protobuf(values, letter);
    };
  }

  private List<String> columns() {
    return Stream.concat(fields.stream(), Stream.of("letter")).toList();
  }

  private byte[] json(float[] values, String letter) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      json.append('"').append(fields.get(i)).append("\": ").append(values[i]).append(", ");
    }
    return json.append("\"letter\": \"")
        .append(letter)
        .append("\"}")
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] csv(float[] values, String letter) {
    String numbers =
        IntStream.range(0, values.length)
            .mapToObj(i -> String.valueOf(values[i]))
            .collect(Collectors.joining(","));
    return (numbers + ",\"" + letter + "\"").getBytes(StandardCharsets.UTF_8);
  }

  private byte[] avro(float[] values, String letter) throws IOException {
    GenericRecord datum = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      datum.put(i, (double) values[i]);
    }
    datum.put(values.length, letter);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static byte[] protobuf(float[] values, String letter) {
    NamedValues.Builder input = NamedValues.newBuilder().setName("features");
    for (float value : values) {
      input.addValues(value);
    }
    return LabelledRecord.newBuilder()
        .addInputs(input)
        .addLabels(Label.newBuilder().setName("letter").setClassName(letter))
        .setId(letter)
        .setEventTimeMillis(1_700_000_000_000L)
        .setWeight(1)
        .build()
        .toByteArray();
  }

  private byte[] example(float[] values, String letter) throws IOException {
    ByteArrayOutputStream features = new ByteArrayOutputStream();
    for (int i = 0; i < values.length; i++) {
      int bits = Integer.reverseBytes(Float.floatToIntBits(values[i]));
      byte[] number = ByteBuffer.allocate(Float.BYTES).putInt(bits).array();
      features.write(entry(fields.get(i), 2, number));
    }
    features.write(entry("letter", 1, letter.getBytes(StandardCharsets.UTF_8)));
    return message(1, features.toByteArray());
  }

  private static byte[] entry(String name, int kind, byte[] value) throws IOException {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.write(message(1, name.getBytes(StandardCharsets.UTF_8)));
    entry.write(message(2, message(kind, message(1, value))));
    return message(1, entry.toByteArray());
  }

  private static byte[] message(int field, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    coded.writeByteArray(field, content);
    coded.flush();
    return bytes.toByteArray();
  }
}
