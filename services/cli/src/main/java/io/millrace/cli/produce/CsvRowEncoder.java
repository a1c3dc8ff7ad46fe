package io.millrace.cli.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.millrace.trainer.decoding.CsvSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a row as one line of CSV, its cells in the order of the settings' columns. */
final class CsvRowEncoder implements RowEncoder {
  private final CsvSettings settings;
  private final List<String> header;

  CsvRowEncoder(CsvSettings settings, List<String> header) {
    this.settings = settings;
    this.header = List.copyOf(header);
  }

  @Override
  public EncodedRow encode(List<String> cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().fieldSeparator(settings.separator()).build(line)) {
      csv.writeRecord(settings.columns().stream().map(column -> cell(column, cells)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EncodedRow(line.toString().stripTrailing().getBytes(UTF_8), List.of());
  }

  private String cell(String column, List<String> cells) {
    int index = header.indexOf(column);
    return index >= 0 && index < cells.size() ? cells.get(index).strip() : "";
  }
}
