package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.ConfluentFrame;
import io.millrace.trainer.decoding.shared.FieldTree;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Avro's binary encoding directly into the row, with one plan for each schema that
 * records are written with.
 *
 * <p>The model's fields are named in the reader schema, which may differ from the writer schema. A
 * field with an alias in the reader schema is found under that alias. A field that the writer
 * schema lacks has the reader schema's default. A field without either is missing.
 */
public final class AvroDecoder implements RecordDecoder {
  private static final Rejected MALFORMED = Rejected.undecodable("malformed Avro");

  private final AvroReader reader = new AvroReader();
  private final Columns columns;
  private final AvroDefaults defaults;
  private final @Nullable AvroPlan unframed;
  private final Map<Integer, AvroPlan> framed = new HashMap<>();

  /**
   * @param schemas the reader schema, which names the fields, and the writer schemas of the records
   */
  public AvroDecoder(Columns columns, AvroSchemas schemas) {
    this.columns = columns;
    FieldTree fields = FieldTree.of(columns);
    defaults = new AvroDefaults(schemas.reader(), columns);
    unframed = schemas.isFramed() ? null : plan(schemas.reader(), schemas.reader(), fields);
    schemas.byId().forEach((id, writer) -> framed.put(id, plan(writer, schemas.reader(), fields)));
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    if (value == null) {
      return MALFORMED;
    }
    AvroPlan plan = unframed;
    if (plan == null) {
      int id = ConfluentFrame.schemaId(value);
      plan = framed.get(id);
      if (plan == null) {
        return Rejected.undecodable(id < 0 ? "no Confluent frame" : "schema " + id);
      }
    }
    columns.begin();
    reader.reset(value, unframed == null ? ConfluentFrame.BYTES : 0);
    Rejected rejected = plan.read(reader, rows);
    if (reader.isMalformed() || (rejected == null && !reader.isAtEnd())) {
      return MALFORMED;
    }
    rejected = rejected == null ? defaults.fill(rows) : rejected;
    return rejected == null ? columns.firstMissing(rows) : rejected;
  }

  private static AvroPlan plan(Schema writer, Schema reader, FieldTree fields) {
    return new AvroPlan(Schema.applyAliases(writer, reader), fields);
  }
}
