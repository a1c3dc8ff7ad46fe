package io.millrace.trainer.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.avro.AvroDecoder;
import io.millrace.trainer.decoding.avro.AvroSchemas;
import io.millrace.trainer.decoding.protobuf.ExampleDecoder;
import io.millrace.trainer.decoding.protobuf.LabelledRecordDecoder;
import io.millrace.trainer.decoding.protobuf.MessageDecoder;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.DecodedTexts;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A numeric category or class is the same in every format, however the number is written. */
class TermConformanceTest {
  private static final long BEYOND_DOUBLE = 9_007_199_254_740_993L; // 2^53 + 1

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1e0", "1E+0", "10e-1", "1.000", "\"1\"", "\"1.0\""})
  void json_oneNumberHoweverWritten_isOneTermAndOneClass(String one) {
    ExampleBatch rows = json("{\"k\": " + one + ", \"label\": " + one + "}");

    assertThat(rows.input(0)).containsExactly(json("{\"k\": 1, \"label\": 1}").input(0));
    assertThat(rows.target(0)[0]).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void decode_numberOfAnyTypeInAnyFormat_isTheTermOfJson(
      String json, RecordDecoder decoder, byte[] record) {
    ExampleBatch rows = rows();

    assertThat(decoder.decode(record, rows)).isNull();
    assertThat(rows.input(0)).containsExactly(json("{\"k\": " + json + ", \"label\": 1}").input(0));
    assertThat(rows.target(0)[0]).isEqualTo(1);
  }

  static Stream<Arguments> numbers() {
    String beyond = String.valueOf(BEYOND_DOUBLE);
    return Stream.of(
        csv("1", "1.0"),
        csv("0.1", "0.1"),
        csv("1e22", "1e+22"),
        csv("0", "-0.0"),
        csv("true", "True"),
        csv("\"01\"", "01"),
        csv(beyond, beyond + ".0"),
        avro("1", "int", 1),
        avro("1", "long", 1L),
        avro("1", "float", 1f),
        avro("1", "double", 1.0),
        avro("0.1", "float", 0.1f),
        avro("0", "double", -0.0),
        avro("true", "boolean", true),
        avro(beyond, "long", BEYOND_DOUBLE),
        avro("1", "bytes", ByteBuffer.wrap("1.0".getBytes(UTF_8))),
        avro("\"NEW\"", "bytes", ByteBuffer.wrap("NEW".getBytes(UTF_8))),
        protobuf("1", Type.TYPE_INT32, 1),
        protobuf("1", Type.TYPE_DOUBLE, 1.0),
        protobuf("0.1", Type.TYPE_FLOAT, 0.1f),
        protobuf("true", Type.TYPE_BOOL, true),
        protobuf(beyond, Type.TYPE_SINT64, BEYOND_DOUBLE),
        protobuf("18446744073709551615", Type.TYPE_UINT64, -1L),
        protobuf("\"1.0\"", Type.TYPE_STRING, "1"),
        protobuf("\"NEW\"", Type.TYPE_ENUM, "NEW"),
        protobuf("1", Type.TYPE_BYTES, ByteString.copyFromUtf8("1.0")),
        protobuf("\"NEW\"", Type.TYPE_BYTES, ByteString.copyFromUtf8("NEW")),
        example("1", 1.0f),
        example("0.1", 0.1f),
        example("1", "1.0"));
  }

  @Test
  void decode_numbersThatDiffer_areDifferentTerms() {
    float[] beyond = json("{\"k\": " + BEYOND_DOUBLE + ", \"label\": 1}").input(0);

    assertThat(json("{\"k\": " + (BEYOND_DOUBLE - 1) + ", \"label\": 1}").input(0))
        .isNotEqualTo(beyond);
    assertThat(json("{\"k\": true, \"label\": 1}").input(0))
        .isNotEqualTo(json("{\"k\": 1, \"label\": 1}").input(0));
    assertThat(json("{\"k\": 1e999999999, \"label\": 1}").input(0))
        .isNotEqualTo(json("{\"k\": 1e999999998, \"label\": 1}").input(0));
  }

  @Test
  void decode_numberThatIsNone_isToldInEveryFormat() {
    Rejected json =
        new JsonDecoder(new Columns(model())).decode("{\"k\": NaN}".getBytes(UTF_8), rows());
    Object[] avro = avro("NaN", "double", Double.NaN).get();
    Object[] protobuf = protobuf("NaN", Type.TYPE_FLOAT, Float.POSITIVE_INFINITY).get();

    for (Rejected rejected :
        List.of(
            requireNonNull(json),
            requireNonNull(((RecordDecoder) avro[1]).decode((byte[]) avro[2], rows())),
            requireNonNull(((RecordDecoder) protobuf[1]).decode((byte[]) protobuf[2], rows())))) {
      assertThat(rejected).isEqualTo(new Rejected(Reason.NON_FINITE, "k", "number"));
    }
  }

  @Test
  void decode_bytesThatAreNoText_areToldInEveryFormat() {
    byte[] bytes = {(byte) 0xff};
    Object[] avro = avro("", "bytes", ByteBuffer.wrap(bytes)).get();
    Object[] protobuf = protobuf("", Type.TYPE_BYTES, ByteString.copyFrom(bytes)).get();

    for (Object[] each : List.of(avro, protobuf)) {
      assertThat(((RecordDecoder) each[1]).decode((byte[]) each[2], rows()))
          .isEqualTo(new Rejected(Reason.NOT_A_TEXT, "k", "bytes that are no UTF-8"));
    }
  }

  @Test
  void decode_classesByTheirNumbers_areFoundInListsAndMessages() {
    ModelDefinition several = model(Map.of("classes", List.of(0, 1.0, "2"), "label", "names"));
    ExampleBatch rows = new ExampleBatch(1, several.inputWidths(), several.targetWidths());
    byte[] list = "{\"k\": 1, \"label\": [1, 2.0]}".getBytes(UTF_8);
    byte[] message =
        LabelledRecord.newBuilder()
            .addInputs(NamedValues.newBuilder().setName("all").addValues(0).addValues(0))
            .addLabels(Label.newBuilder().setName("label").setClassName("1.0"))
            .build()
            .toByteArray();
    ExampleBatch one = rows();

    assertThat(new JsonDecoder(new Columns(several)).decode(list, rows)).isNull();
    assertThat(new LabelledRecordDecoder(model()).decode(message, one)).isNull();

    assertThat(rows.target(0)).containsExactly(0, 1, 1);
    assertThat(one.target(0)[0]).isEqualTo(1);
  }

  @Test
  void read_classesThatAreOneNumber_areRefused() {
    assertThatThrownBy(() -> model(Map.of("classes", List.of("1", "1.0"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("outputs.label.classes")
        .hasMessageContaining("each once (1 and 1.0 are one)");
  }

  @Test
  void texts_groups_areTheSameHoweverTheirNumberIsWritten() {
    FieldTexts reader = new DecodedTexts(List.of("k"), JsonDecoder::new);
    @Nullable String[] texts = new String[1];

    assertThat(reader.read("{\"k\": 17.0}".getBytes(UTF_8), texts)).isNull();

    assertThat(texts).containsExactly("17");
  }

  private static Arguments csv(String json, String cell) {
    Columns columns = new Columns(model());
    return Arguments.of(
        json, new CsvDecoder(columns, List.of("k", "label"), ','), (cell + ",1.0").getBytes(UTF_8));
  }

  private static Arguments avro(String json, String type, Object value) {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                  {"name": "k", "type": ["null", "%s"]}, {"name": "label", "type": "double"}]}
                """
                    .formatted(type));
    GenericRecord datum = new GenericData.Record(schema);
    datum.put("k", value);
    datum.put("label", 1.0);
    return Arguments.of(
        json,
        new AvroDecoder(new Columns(model()), new AvroSchemas(schema, Map.of())),
        TestFormat.avro(schema, datum));
  }

  private static Arguments protobuf(String json, Type type, Object value) {
    Descriptor descriptor = message(type);
    FieldDescriptor field = descriptor.findFieldByName("k");
    Object set =
        type == Type.TYPE_ENUM ? field.getEnumType().findValueByName(String.valueOf(value)) : value;
    byte[] record =
        DynamicMessage.newBuilder(descriptor)
            .setField(field, set)
            .setField(descriptor.findFieldByName("label"), 1.0)
            .build()
            .toByteArray();
    return Arguments.of(json, new MessageDecoder(new Columns(model()), descriptor, false), record);
  }

  private static Arguments example(String json, Object value) {
    ByteArrayOutputStream features = new ByteArrayOutputStream();
    TestFormat.write(features, 1, TestFormat.entry("k", value));
    TestFormat.write(features, 1, TestFormat.entry("label", 1f));
    ByteArrayOutputStream example = new ByteArrayOutputStream();
    TestFormat.write(example, 1, features.toByteArray());
    return Arguments.of(json, new ExampleDecoder(new Columns(model())), example.toByteArray());
  }

  private static Descriptor message(Type type) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder().setName("k").setNumber(1).setType(type);
    if (type == Type.TYPE_ENUM) {
      field.setTypeName(".test.State");
    }
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("numbers.proto")
            .setPackage("test")
            .setSyntax("proto3")
            .addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("State")
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("NEW").setNumber(1)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Numbers")
                    .addField(field)
                    .addField(
                        FieldDescriptorProto.newBuilder()
                            .setName("label")
                            .setNumber(2)
                            .setType(Type.TYPE_DOUBLE)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Numbers");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static ExampleBatch json(String record) {
    ExampleBatch rows = rows();
    assertThat(new JsonDecoder(new Columns(model())).decode(record.getBytes(UTF_8), rows)).isNull();
    return rows;
  }

  private static ExampleBatch rows() {
    return new ExampleBatch(1, model().inputWidths(), model().targetWidths());
  }

  private static ModelDefinition model() {
    return model(Map.of("classes", List.of("0", "1")));
  }

  private static ModelDefinition model(Map<String, Object> output) {
    int units = ((List<?>) requireNonNull(output.get("classes"))).size();
    String activation = output.containsKey("label") ? "sigmoid" : "softmax";
    Map<String, Object> feature =
        Map.of("field", "k", "type", "category", "vocabulary", List.of(1, "2", 0.1));
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("all", Map.of("features", List.of(feature))),
                "outputs", Map.of("label", output),
                "network",
                    Map.of(
                        "layers",
                        List.of(
                            Map.of("type", "dense", "units", units, "activation", activation)))));
    ModelDefinition model = ModelDefinition.read(root);
    root.finish();
    return model;
  }
}
