package io.millrace.cli.produce;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.CsvSettings;
import java.util.List;

/**
 * Encodes a row of cells as the value of a record.
 *
 * <p>Every row becomes a record. An invalid row is sent too, so that the trainer rejects it, counts
 * it and says why. Confined to one thread.
 */
public interface RowEncoder {

  /** Returns the record's value. Cells beyond the header are ignored. */
  EncodedRow encode(List<String> cells);

  /** Returns the encoder of JSON objects with the columns' names. */
  static RowEncoder json(ModelDefinition model, List<String> header) {
    return new JsonRowEncoder(model, header);
  }

  /** Returns the encoder of {@code LabelledRecord} messages. */
  static RowEncoder protobuf(ModelDefinition model, List<String> header) {
    return new ProtobufRowEncoder(model, header);
  }

  /** Returns the encoder of CSV lines with the settings' columns. */
  static RowEncoder csv(CsvSettings settings, List<String> header) {
    return new CsvRowEncoder(settings, header);
  }
}
