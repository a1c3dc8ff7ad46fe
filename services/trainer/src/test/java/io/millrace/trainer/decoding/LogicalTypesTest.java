package io.millrace.trainer.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.NamedFiles;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.decoding.avro.AvroDecoder;
import io.millrace.trainer.decoding.avro.AvroSchemas;
import io.millrace.trainer.decoding.protobuf.MessageDecoder;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Logical types are respected: the row equals that of the same record in JSON. */
class LogicalTypesTest {
  private static final String LEAP_DAY = "\"2024-02-29\"";
  private static final long MIDDAY_MILLIS = 1_709_208_000_123L; // 2024-02-29T12:00:00.123Z

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("avroValues")
  void avro_logicalType_isReadAsWhatItSays(
      String feature, String type, Object value, String json, boolean asDefault) {
    Schema schema = schema(type, asDefault ? value : null);
    GenericRecord datum = new GenericData.Record(schema(type, null));
    datum.put("v", value);
    datum.put("label", 1.0);
    AvroDecoder decoder = new AvroDecoder(new Columns(model(feature)), schemas(schema, asDefault));
    byte[] record =
        asDefault
            ? TestFormat.framed(new byte[0], withoutField())
            : TestFormat.avro(schema(type, null), datum);

    ExampleBatch rows = rows(feature);
    assertThat(decoder.decode(record, rows)).isNull();
    assertThat(rows.input(0)).containsExactly(json(feature, json).input(0));
  }

  static Stream<Arguments> avroValues() {
    return Stream.of(
            avro("date", "int", "date", 19782, LEAP_DAY),
            avro("category", "int", "date", 19782, LEAP_DAY),
            avro("number", "int", "date", 19782, "19782"),
            avro("date", "long", "timestamp-millis", MIDDAY_MILLIS, "\"2024-02-29T12:00:00.123Z\""),
            avro(
                "date", "long", "timestamp-micros", -1_000_500L, "\"1969-12-31T23:59:58.999500Z\""),
            avro("category", "long", "timestamp-micros", 0L, "\"1970-01-01T00:00:00Z\""),
            avro("number", "long", "timestamp-millis", MIDDAY_MILLIS, "" + MIDDAY_MILLIS),
            avro(
                "date",
                "long",
                "local-timestamp-millis",
                MIDDAY_MILLIS,
                "\"2024-02-29T12:00:00.123\""),
            avro("category", "long", "local-timestamp-micros", 0L, "\"1970-01-01T00:00\""),
            avro("date", "int", "time-millis", 3_600_500, "\"1970-01-01T01:00:00.500Z\""),
            avro("category", "long", "time-micros", 3_600_000_000L, "\"01:00\""),
            Stream.of(
                arguments("number", decimal("bytes"), unscaled(-12345), "-123.45"),
                arguments("category", decimal("bytes"), unscaled(1200), "12"),
                arguments("category", decimal("bytes"), unscaled(1250), "12.5"),
                arguments(
                    "category",
                    "{\"type\": \"string\", \"logicalType\": \"uuid\"}",
                    "00000000-0000-0001-0000-000000000002",
                    "\"00000000-0000-0001-0000-000000000002\"")),
            Stream.of(arguments("date", "int", 5000, "5000"))) // no logical type: feature's unit
        .flatMap(each -> each);
  }

  @Test
  void avro_fixedDecimalAndUuid_areRead() {
    Schema decimal =
        new Schema.Parser()
            .parse(
                """
                {"type": "fixed", "name": "D", "size": 4,
                 "logicalType": "decimal", "precision": 9, "scale": 2}
                """);
    Schema uuid =
        new Schema.Parser()
            .parse(
                "{\"type\": \"fixed\", \"name\": \"U\", \"size\": 16, \"logicalType\": \"uuid\"}");

    assertThat(fixed("number", decimal, new byte[] {0, 0, 0x30, 0x39}))
        .containsExactly(json("number", "123.45").input(0));
    assertThat(fixed("category", uuid, new byte[16]))
        .containsExactly(json("category", "\"00000000-0000-0000-0000-000000000000\"").input(0));
  }

  @Test
  void avro_timeOfNoDayAndDecimalTooLong_areRejected() {
    assertThat(
            rejected("date", "{\"type\": \"int\", \"logicalType\": \"time-millis\"}", 90_000_000))
        .isEqualTo(new Rejected(Reason.NOT_A_TIME, "v", "a time out of range"));
    assertThat(rejected("number", decimal("bytes"), ByteBuffer.wrap(new byte[4000])))
        .isEqualTo(new Rejected(Reason.NOT_A_NUMBER, "v", "decimal of the wrong length"));
    assertThat(rejected("number", decimal("bytes"), ByteBuffer.wrap(new byte[0])))
        .isEqualTo(new Rejected(Reason.NOT_A_NUMBER, "v", "decimal of the wrong length"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void protobuf_wellKnownType_isReadAsWhatItSays(String feature, Message value, String json) {
    Descriptor type = OneFieldMessages.of(value.getDescriptorForType());
    byte[] record =
        DynamicMessage.newBuilder(type)
            .setField(type.findFieldByName("v"), value)
            .setField(type.findFieldByName("label"), 1.0)
            .build()
            .toByteArray();

    ExampleBatch rows = rows(feature);
    assertThat(new MessageDecoder(new Columns(model(feature)), type, false).decode(record, rows))
        .isNull();
    assertThat(rows.input(0)).containsExactly(json(feature, json).input(0));
  }

  static Stream<Arguments> messages() {
    Timestamp midday =
        Timestamp.newBuilder()
            .setSeconds(MIDDAY_MILLIS / 1000)
            .setNanos((int) (MIDDAY_MILLIS % 1000) * 1_000_000)
            .build();
    return Stream.of(
        Arguments.of("date", midday, "\"2024-02-29T12:00:00.123Z\""),
        Arguments.of("category", midday, "\"2024-02-29T12:00:00.123Z\""),
        Arguments.of("number", midday, "1709208000.123"),
        Arguments.of("date", Timestamp.getDefaultInstance(), "\"1970-01-01\""),
        Arguments.of(
            "number", Duration.newBuilder().setSeconds(3).setNanos(500_000_000).build(), "3.5"),
        Arguments.of("category", Duration.newBuilder().setSeconds(-3).build(), "-3"),
        Arguments.of("number", DoubleValue.of(2.5), "2.5"),
        Arguments.of("number", DoubleValue.of(0), "0"),
        Arguments.of("category", Int64Value.of(9_007_199_254_740_993L), "9007199254740993"),
        Arguments.of("category", UInt64Value.of(-1), "18446744073709551615"),
        Arguments.of("category", BoolValue.of(true), "true"),
        Arguments.of("category", BoolValue.of(false), "false"),
        Arguments.of("category", StringValue.of("Köln"), "\"Köln\""),
        Arguments.of("number", Value.newBuilder().setNumberValue(4.5).build(), "4.5"),
        Arguments.of("category", Value.newBuilder().setNumberValue(4).build(), "4"),
        Arguments.of("category", Value.newBuilder().setStringValue("x").build(), "\"x\""),
        Arguments.of("category", Value.newBuilder().setBoolValue(true).build(), "true"));
  }

  @Test
  void protobuf_wrapperThatIsAbsentAndNullValue_areMissing() {
    Descriptor wrapper = OneFieldMessages.of(DoubleValue.getDescriptor());
    Descriptor value = OneFieldMessages.of(Value.getDescriptor());
    byte[] absent =
        DynamicMessage.newBuilder(wrapper)
            .setField(wrapper.findFieldByName("label"), 1.0)
            .build()
            .toByteArray();
    byte[] nothing =
        DynamicMessage.newBuilder(value)
            .setField(
                value.findFieldByName("v"),
                Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
            .build()
            .toByteArray();

    assertThat(
            new MessageDecoder(new Columns(model("number")), wrapper, false)
                .decode(absent, rows("number")))
        .isEqualTo(new Rejected(Reason.MISSING_FIELD, "v", "nothing"));
    assertThat(
            new MessageDecoder(new Columns(model("number")), value, false)
                .decode(nothing, rows("number")))
        .isEqualTo(new Rejected(Reason.MISSING_FIELD, "v", "null"));
  }

  @Test
  void protobuf_timestampOutOfRange_isRejected() {
    Descriptor type = OneFieldMessages.of(Timestamp.getDescriptor());
    for (Timestamp wrong :
        List.of(
            Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build(),
            Timestamp.newBuilder().setNanos(-1).build())) {
      byte[] record =
          DynamicMessage.newBuilder(type)
              .setField(type.findFieldByName("v"), wrong)
              .build()
              .toByteArray();

      assertThat(
              new MessageDecoder(new Columns(model("category")), type, false)
                  .decode(record, rows("category")))
          .isEqualTo(new Rejected(Reason.NOT_A_TIME, "v", "a time out of range"));
    }
  }

  @Test
  void read_typesThatAreNoValue_areRefusedAtStart() throws IOException {
    Map<String, String> avro =
        Map.of(
            "{\"type\": \"map\", \"values\": \"double\"}", "a map",
            "{\"type\": \"array\", \"items\": \"boolean\"}", "a list of booleans",
            "[\"null\", {\"type\": \"fixed\", \"name\": \"T\", \"size\": 12, \"logicalType\": \"duration\"}]",
                "of the logical type duration",
            "{\"type\": \"record\", \"name\": \"I\", \"fields\": []}", "a record");

    for (Map.Entry<String, String> each : avro.entrySet()) {
      Files.writeString(folder.resolve("r.avsc"), schema(each.getKey(), null).toString());
      assertThatThrownBy(() -> settings(Map.of("format", "avro", "schema", "r.avsc")))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("records: have the field v, which is " + each.getValue());
    }
    for (Descriptor type : List.of(Any.getDescriptor(), Struct.getDescriptor())) {
      Files.write(folder.resolve("r.desc"), OneFieldMessages.set(type).toByteArray());
      assertThatThrownBy(
              () ->
                  settings(
                      Map.of(
                          "format", "protobuf_message",
                          "descriptor_set", "r.desc",
                          "message", "test.R")))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("records: have the field v, which is a " + type.getFullName());
    }
  }

  private TrainerSettings settings(Map<String, Object> records) {
    Map<String, Object> withTopic = new HashMap<>(records);
    withTopic.put("topic", "t");
    Map<String, Object> document = new HashMap<>(tree("category"));
    document.put("model", "m");
    document.put("records", withTopic);
    Section root =
        Section.root(
            document,
            new NamedFiles() {
              @Override
              public Path resolve(String name) {
                return folder.resolve(name);
              }

              @Override
              public Map<String, Object> tree(String name) {
                throw new AssertionError(name);
              }
            });
    TrainerSettings settings = TrainerSettings.read(root);
    root.finish();
    return settings;
  }

  private static Stream<Arguments> avro(
      String feature, String base, String logical, Object value, String json) {
    String type = "{\"type\": \"%s\", \"logicalType\": \"%s\"}".formatted(base, logical);
    return Stream.of(
        arguments(feature, type, value, json), Arguments.of(feature, type, value, json, true));
  }

  private static Arguments arguments(String feature, String type, Object value, String json) {
    return Arguments.of(feature, type, value, json, false);
  }

  private static String decimal(String type) {
    return "{\"type\": \"%s\", \"logicalType\": \"decimal\", \"precision\": 20, \"scale\": 2}"
        .formatted(type);
  }

  private static ByteBuffer unscaled(int number) {
    return ByteBuffer.allocate(4).putInt(number).flip();
  }

  private static Schema schema(String type, @Nullable Object defaultValue) {
    String written = type.startsWith("{") || type.startsWith("[") ? type : "\"" + type + "\"";
    String suffix = defaultValue == null ? "" : ", \"default\": " + defaultValue;
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "v", "type": %s%s}, {"name": "label", "type": "double"}]}
            """
                .formatted(written, suffix));
  }

  private static AvroSchemas schemas(Schema reader, boolean framed) {
    return new AvroSchemas(reader, framed ? Map.of(70_000, labelOnly()) : Map.of());
  }

  private static Schema labelOnly() {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "R", "fields": [{"name": "label", "type": "double"}]}
            """);
  }

  private static byte[] withoutField() {
    GenericRecord datum = new GenericData.Record(labelOnly());
    datum.put("label", 1.0);
    return TestFormat.avro(labelOnly(), datum);
  }

  private static float[] fixed(String feature, Schema type, byte[] value) {
    Schema schema = schema(type.toString(), null);
    GenericRecord datum = new GenericData.Record(schema);
    datum.put("v", new GenericData.Fixed(type, value));
    datum.put("label", 1.0);
    ExampleBatch rows = rows(feature);
    assertThat(
            new AvroDecoder(new Columns(model(feature)), schemas(schema, false))
                .decode(TestFormat.avro(schema, datum), rows))
        .isNull();
    return rows.input(0);
  }

  private static @Nullable Rejected rejected(String feature, String type, Object value) {
    Schema schema = schema(type, null);
    GenericRecord datum = new GenericData.Record(schema);
    datum.put("v", value);
    datum.put("label", 1.0);
    return new AvroDecoder(new Columns(model(feature)), schemas(schema, false))
        .decode(TestFormat.avro(schema, datum), rows(feature));
  }

  private static ExampleBatch json(String feature, String value) {
    ExampleBatch rows = rows(feature);
    byte[] record = "{\"v\": %s, \"label\": 1}".formatted(value).getBytes(UTF_8);
    assertThat(new JsonDecoder(new Columns(model(feature))).decode(record, rows)).isNull();
    return rows;
  }

  private static ExampleBatch rows(String feature) {
    return new ExampleBatch(1, model(feature).inputWidths(), model(feature).targetWidths());
  }

  private static ModelDefinition model(String feature) {
    return ModelDefinition.read(Section.root(tree(feature)));
  }

  private static Map<String, Object> tree(String feature) {
    Map<String, Object> v =
        switch (feature) {
          case "category" -> Map.of("field", "v", "type", feature, "hash_buckets", 9);
          default -> Map.of("field", "v", "type", feature);
        };
    return Map.of(
        "inputs", Map.of("all", Map.of("features", List.of(v))),
        "outputs", Map.of("label", Map.of()),
        "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1))));
  }
}
