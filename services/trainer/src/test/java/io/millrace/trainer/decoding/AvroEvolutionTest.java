package io.millrace.trainer.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.avro.AvroDecoder;
import io.millrace.trainer.decoding.avro.AvroSchemas;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records whose writer schema differs from the reader schema. */
class AvroEvolutionTest {
  private static final String X = "{\"name\": \"x\", \"type\": \"double\"}";
  private static final String Y = "{\"name\": \"y\", \"type\": \"double\"}";
  private static final int ID = 70_000;

  private final ModelDefinition model = model();
  private final ExampleBatch rows = new ExampleBatch(2, model.inputWidths(), model.targetWidths());

  @Test
  void decode_addedField_isPassedOver() {
    Schema writer = schema(X, "{\"name\": \"new\", \"type\": [\"null\", \"string\"]}", Y);

    assertThat(decode(writer, schema(X, Y), Map.of("x", 1.0, "new", "text", "y", 2.0))).isNull();
    assertThat(rows.input(0)).startsWith(1, 2);
  }

  @Test
  void decode_removedField_isMissingOrItsDefault() {
    String withDefault = "{\"name\": \"y\", \"type\": \"double\", \"default\": 7.5}";

    Rejected rejected = decode(schema(X), schema(X, Y), Map.of("x", 1.0));
    assertThat(rejected).isEqualTo(new Rejected(Reason.MISSING_FIELD, "y", "nothing"));

    assertThat(decode(schema(X), schema(X, withDefault), Map.of("x", 1.0))).isNull();
    assertThat(rows.input(0)).startsWith(1, 7.5f);
  }

  @Test
  void decode_reorderedFields_areFoundByName() {
    assertThat(decode(schema(Y, X), schema(X, Y), Map.of("x", 1.0, "y", 2.0))).isNull();
    assertThat(rows.input(0)).startsWith(1, 2);
  }

  @Test
  void decode_widenedNumber_isTheNumber() {
    String narrow = "{\"name\": \"x\", \"type\": \"int\"}";

    assertThat(decode(schema(narrow, Y), schema(X, Y), Map.of("x", -3, "y", 2.0))).isNull();
    assertThat(rows.input(0)).startsWith(-3, 2);
  }

  @Test
  void decode_renamedField_isFoundByItsAlias() {
    String old = "{\"name\": \"was\", \"type\": \"float\"}";
    String renamed = "{\"name\": \"x\", \"type\": \"double\", \"aliases\": [\"was\"]}";

    assertThat(decode(schema(old, Y), schema(renamed, Y), Map.of("was", 1.5f, "y", 2.0))).isNull();
    assertThat(rows.input(0)).startsWith(1.5f, 2);
  }

  private @Nullable Rejected decode(Schema writer, Schema reader, Map<String, Object> fields) {
    GenericRecord datum = new GenericData.Record(writer);
    fields.forEach(datum::put);
    AvroDecoder decoder =
        new AvroDecoder(new Columns(model), new AvroSchemas(reader, Map.of(ID, writer)));
    return decoder.decode(TestFormat.framed(new byte[0], TestFormat.avro(writer, datum)), rows);
  }

  private static Schema schema(String... fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": ["
                + String.join(", ", fields)
                + "]}");
  }

  private static ModelDefinition model() {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("all", Map.of("fields", List.of("x", "y"))),
                "outputs", Map.of("z", Map.of("field", "x")),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));
    return ModelDefinition.read(root).inSinglePrecision();
  }
}
