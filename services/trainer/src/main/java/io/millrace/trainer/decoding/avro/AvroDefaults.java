package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.FieldTree;
import io.millrace.trainer.decoding.shared.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of a schema's top-level fields, for records whose writer did not know them. Each
 * default is kept encoded, and is read like a value of a record.
 */
final class AvroDefaults {
  private final AvroReader reader = new AvroReader();
  private final List<Column> columns = new ArrayList<>();
  private final List<AvroPlan> plans = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  AvroDefaults(Schema schema, Columns all) {
    for (Schema.Field field : schema.getFields()) {
      Column column = all.of(field.name());
      if (column != null && field.hasDefaultValue()) {
        columns.add(column);
        plans.add(new AvroPlan(field.schema(), FieldTree.of(column)));
        values.add(encoded(field));
      }
    }
  }

  /** Fills empty columns with their defaults. */
  @Nullable Rejected fill(ExampleBatch rows) {
    Rejected rejected = null;
    for (int i = 0; i < columns.size() && rejected == null; i++) {
      if (!columns.get(i).isFilled()) {
        reader.reset(values.get(i), 0);
        rejected = plans.get(i).read(reader, rows);
      }
    }
    return rejected;
  }

  private static byte[] encoded(Schema.Field field) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      Object value = GenericData.get().getDefaultValue(field);
      new GenericDatumWriter<>(field.schema()).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
