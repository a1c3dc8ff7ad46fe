package io.millrace.trainer.decoding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.shared.DecodedTexts;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same records give the same rows, or the same rejections, in every format. */
class FormatConformanceTest {
  private static final int MUTATIONS = 3000;

  @ParameterizedTest
  @EnumSource
  void decode_wholeRecord_isTheSameRow(TestFormat format) {
    // Given
    ModelDefinition model = model(format, "reject");
    ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    ExampleBatch expected = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    RecordDecoder json = TestFormat.JSON.decoder(model(TestFormat.JSON, "reject"));
    json.decode(TestFormat.JSON.bytes(LogicalRecord.whole()), expected);

    // When
    Rejected rejected = format.decoder(model).decode(format.bytes(LogicalRecord.whole()), rows);

    // Then
    assertThat(rejected).isNull();
    assertThat(rows.input(0))
        .startsWith(42.5f, 0, 1.5f, -2, 0, 0)
        .containsExactly(expected.input(0));
    assertThat(rows.target(0)).startsWith(1);
  }

  @ParameterizedTest
  @EnumSource
  void decode_missingFields_areToldOrTaken(TestFormat format) {
    for (String field : List.of("age", "city", "tags", "note", "label")) {
      LogicalRecord record = LogicalRecord.whole().without(field);

      Rejected strict = decode(format, "reject", record);
      Rejected lenient = decode(format, "empty", record);

      String name = field.equals("city") ? format.city() : field;
      assertThat(requireNonNull(strict).reason()).isEqualTo(Reason.MISSING_FIELD);
      assertThat(strict.field()).isEqualTo(name);
      assertThat(lenient == null).as(field).isEqualTo(!field.equals("label"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_modelThatReconstructs_needsNoLabelAndTakesAny(TestFormat format) {
    ModelDefinition model = model(format, "reject", Map.of("reconstructs", "features"), 16);
    ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    LogicalRecord whole = LogicalRecord.whole();

    for (LogicalRecord record :
        List.of(whole.without("label"), whole, whole.with("label", "none of the classes"))) {
      assertThat(format.decoder(model).decode(format.bytes(record), rows)).isNull();
      assertThat(rows.input(0)).startsWith(42.5f, 0, 1.5f, -2, 0, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_valuesThatDoNotFit_haveTheSameReasons(TestFormat format) {
    assertReason(format, "tags", List.of(1.0), Reason.FEATURE_COUNT);
    assertReason(format, "tags", List.of(1.0, 2.0, 3.0), Reason.FEATURE_COUNT);
    assertReason(format, "age", 1e300, Reason.NON_FINITE);
    assertReason(format, "label", "maybe", Reason.LABEL_RANGE);
  }

  @ParameterizedTest
  @EnumSource
  void decode_nothing_isUndecodableOrMissing(TestFormat format) {
    ModelDefinition model = model(format, "reject");
    ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    RecordDecoder decoder = format.decoder(model);

    assertThat(decoder.decode(null, rows)).isNotNull();
    assertThat(decoder.decode(new byte[0], rows)).isNotNull();
    assertThat(decoder.decode(new byte[] {0, 0, 0, 0, 9, 9}, rows)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void decode_mutatedRecords_neverThrows(TestFormat format) {
    // Given
    ModelDefinition model = model(format, "empty");
    ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    RecordDecoder decoder = format.decoder(model);
    byte[] valid = format.bytes(LogicalRecord.whole());
    Random random = new Random(5);

    // When
    for (int i = 0; i < MUTATIONS; i++) {
      int[] places = random.ints(1 + random.nextInt(8)).toArray();
      Rejected rejected =
          decoder.decode(Mutations.of(valid, places, (byte) random.nextInt()), rows);

      // Then
      assertThat(rejected == null || !rejected.message().isEmpty()).isTrue();
    }
    assertThat(decoder.decode(valid, rows)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void texts_fieldsOfAnyKind_areReadAsWritten(TestFormat format) {
    // Given
    List<String> fields = List.of("age", format.city(), "note", "absent");
    FieldTexts reader = new DecodedTexts(fields, format::decoder);
    @Nullable String[] texts = new String[fields.size()];

    // When, Then
    assertThat(reader.read(format.bytes(LogicalRecord.whole()), texts)).isNull();
    assertThat(texts).containsExactly("42.5", "Köln", "Said \"no\", then; went", null);

    assertThat(reader.read(format.bytes(LogicalRecord.whole().without("city")), texts)).isNull();
    assertThat(texts).containsExactly("42.5", null, "Said \"no\", then; went", null);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CSV") // all CSV is text
  void texts_list_isToldAsNoText(TestFormat format) {
    FieldTexts reader = new DecodedTexts(List.of("tags"), format::decoder);

    Rejected rejected = reader.read(format.bytes(LogicalRecord.whole()), new String[1]);

    assertThat(requireNonNull(rejected).reason()).isEqualTo(Reason.NOT_A_TEXT);
    assertThat(rejected.field()).isEqualTo("tags");
  }

  @Test
  void decode_otherSchemaOrMessage_isUndecodable() {
    for (TestFormat format :
        List.of(TestFormat.CONFLUENT_AVRO, TestFormat.CONFLUENT_PROTOBUF_MESSAGE)) {
      ModelDefinition model = model(format, "reject");
      ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
      byte[] bytes = format.bytes(LogicalRecord.whole());
      bytes[format == TestFormat.CONFLUENT_AVRO ? 4 : 6]++;

      Rejected rejected = format.decoder(model).decode(bytes, rows);

      assertThat(requireNonNull(rejected).reason()).isEqualTo(Reason.UNDECODABLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_textThatIsNoUtf8_isRejected(TestFormat format) {
    for (String field : List.of("city", "note", "label")) {
      // Given
      ModelDefinition model = model(format, "empty");
      ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
      RecordDecoder decoder = format.decoder(model);
      byte[] cut = format.bytes(LogicalRecord.whole().with(field, "no\u0007"));
      cut[indexOf(cut, (byte) 7)] = (byte) 0xc3; // the first of two bytes

      // When, Then
      Reason reason = requireNonNull(decoder.decode(cut, rows)).reason();
      assertThat(reason == Reason.UNDECODABLE || format == TestFormat.TF_EXAMPLE).isTrue();
      assertThat(decode(format, "empty", LogicalRecord.whole().with("note", "a \ufffd"))).isNull();
    }
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = bytes.length - 1; ; i--) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
  }

  private static void assertReason(TestFormat format, String field, Object value, Reason reason) {
    Rejected rejected = decode(format, "reject", LogicalRecord.whole().with(field, value));

    assertThat(requireNonNull(rejected).reason()).isEqualTo(reason);
    assertThat(rejected.field()).isEqualTo(field);
  }

  private static @Nullable Rejected decode(
      TestFormat format, String missing, LogicalRecord record) {
    ModelDefinition model = model(format, missing);
    ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());
    return format.decoder(model).decode(format.bytes(record), rows);
  }

  private static ModelDefinition model(TestFormat format, String missing) {
    return model(format, missing, Map.of("classes", List.of("no", "yes")), 2);
  }

  private static ModelDefinition model(
      TestFormat format, String missing, Map<String, Object> output, int units) {
    String ofNumbers = missing.equals("empty") ? "mean" : missing;
    Map<String, Object> note =
        Map.of("field", "note", "type", "text", "tokens", 3, "hash_buckets", 7, "missing", missing);
    Section root =
        Section.root(
            Map.of(
                "inputs",
                Map.of(
                    "all",
                    Map.of(
                        "features",
                        List.of(
                            Map.of("field", "age", "missing", ofNumbers),
                            Map.of(
                                "field", "tags", "type", "vector", "size", 2, "missing", missing),
                            Map.of(
                                "field",
                                format.city(),
                                "type",
                                "category",
                                "hash_buckets",
                                9,
                                "missing",
                                missing),
                            note))),
                "outputs",
                Map.of("label", output),
                "network",
                Map.of("layers", List.of(Map.of("type", "dense", "units", units)))));
    ModelDefinition model = ModelDefinition.read(root);
    root.finish();
    return model;
  }
}
