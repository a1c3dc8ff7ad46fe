package io.millrace.cli.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a row as one JSON object: numbers as numbers, everything else as text, and no empty cells.
 * Columns of classes and categories stay texts, because the class {@code 01} is not the class
 * {@code 1}.
 */
final class JsonRowEncoder implements RowEncoder {
  private final List<String> header;
  private final Set<String> textColumns;
  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  JsonRowEncoder(List<String> header, Set<String> textColumns) {
    this.header = List.copyOf(header);
    this.textColumns = Set.copyOf(textColumns);
  }

  /** Returns the columns of classes and of categories. */
  static Set<String> textColumns(ModelDefinition model) {
    Stream<String> classes =
        model.outputs().stream()
            .filter(output -> output.label() == OutputSettings.Label.NAME)
            .map(OutputSettings::field);
    Stream<String> terms =
        model.inputs().stream()
            .flatMap(input -> input.cells().stream())
            .filter(cell -> cell.form().takesWritten())
            .map(FieldCells::field);
    return Stream.concat(classes, terms).collect(Collectors.toSet());
  }

  @Override
  public EncodedRow encode(List<String> cells) {
    buffer.reset();
    try (JsonGenerator generator = json.createGenerator(buffer)) {
      generator.writeStartObject();
      for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
        write(generator, header.get(i), cells.get(i).strip());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EncodedRow(buffer.toByteArray(), List.of());
  }

  private void write(JsonGenerator generator, String column, String text) throws IOException {
    if (text.isEmpty()) {
      return;
    }
    generator.writeFieldName(column);
    if (Cell.isNumber(text) && !textColumns.contains(column)) {
      generator.writeNumber(Cell.jsonNumber(text));
    } else {
      generator.writeString(text);
    }
  }
}
