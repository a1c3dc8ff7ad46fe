package io.millrace.cli.produce;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.CsvSettings;
import java.util.List;

/**
 * Makes the value of a record from a row of cells.
 *
 * <p>Every row becomes a record. A row that cannot be right is sent as well, so that it is the
 * trainer who rejects it, counts it and says why. Confined to one thread.
 */
public interface RowEncoder {

  /** Returns the record's value; cells beyond the header's are left out. */
  EncodedRow encode(List<String> cells);

  /** Returns the encoder of records that are JSON objects with the columns' names. */
  static RowEncoder json(ModelDefinition model, List<String> header) {
    return new JsonRowEncoder(header, JsonRowEncoder.textColumns(model));
  }

  /** Returns the encoder of records that are {@code LabelledRecord} messages. */
  static RowEncoder protobuf(ModelDefinition model, List<String> header) {
    return new ProtobufRowEncoder(model, header);
  }

  /** Returns an encoder into lines of CSV with the settings' columns. */
  static RowEncoder csv(CsvSettings settings, List<String> header) {
    return new CsvRowEncoder(settings, header);
  }
}
