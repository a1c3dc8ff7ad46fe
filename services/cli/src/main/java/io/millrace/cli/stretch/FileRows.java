package io.millrace.cli.stretch;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import io.millrace.cli.tables.WantedColumns;
import io.millrace.tuning.data.RecordCollector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows of a file as the records that {@code produce} would make of them on a topic with one
 * partition, so that both are split alike.
 */
final class FileRows {
  private FileRows() {}

  static LoadedRecords read(Configuration configuration, Path file, RecordCollector collector) {
    try (Table table = Table.open(file, configuration.file())) {
      WantedColumns.require(file.toString(), table.columns(), configuration.definition());
      RowEncoder encoder =
          RowEncoder.of(configuration.records(), configuration.definition(), table.columns());
      long offset = 0;
      for (long number = 1; table.hasNext() && !collector.isFull(); number++) {
        TableRow row = table.next();
        if (row.isUsable()) {
          byte[] value = encoder.encode(row.cells()).value();
          collector.add(
              record(configuration.records().topic(), offset++, number, value),
              () -> "line " + row.line());
        } else {
          collector.reject(
              "a row has not the columns of the file",
              String.join(", ", row.problems()),
              "line " + row.line());
        }
      }
      return LoadedRecords.of(
          collector, file.toString(), Map.of("file", String.valueOf(file.getFileName())));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, long offset, long number, byte[] value) {
    byte[] key = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(topic, 0, offset, key, value);
  }
}
