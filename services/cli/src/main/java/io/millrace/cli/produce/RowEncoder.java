package io.millrace.cli.produce;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.CsvSettings;
import io.millrace.trainer.intake.RecordSettings;
import java.util.List;
import java.util.Locale;

/**
 * Encodes a row of cells as the value of a record.
 *
 * <p>Every row becomes a record. An invalid row is sent too, so that the trainer rejects it, counts
 * it and says why. Confined to one thread.
 */
public interface RowEncoder {

  /** Returns the record's value. Cells beyond the header are ignored. */
  EncodedRow encode(List<String> cells);

  /**
   * Returns the encoder of the records that the settings describe.
   *
   * @throws CommandFailedException if rows cannot be written in their format
   */
  static RowEncoder of(RecordSettings records, ModelDefinition model, List<String> header) {
    if (records.decoders() instanceof CsvSettings csv) {
      return csv(csv, header);
    }
    return switch (records.format()) {
      case JSON -> json(model, header);
      case PROTOBUF -> protobuf(model, header);
      case CSV, PROTOBUF_MESSAGE, AVRO, TF_EXAMPLE ->
          throw new CommandFailedException(
              "records.format is %s; rows of a file can be written as json, csv and protobuf"
                  .formatted(records.format())
                  .toLowerCase(Locale.ROOT));
    };
  }

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
