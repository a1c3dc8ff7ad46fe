package io.millrace.cli.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.cli.tables.TextColumns;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.UntypedNumbers;
import io.millrace.learning.model.ModelDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a row as one JSON object: numbers as numbers, lists of numbers as lists where the model
 * needs one, everything else as text, and no empty cells. Columns of classes and categories stay
 * texts, because the class {@code 01} is not the class {@code 1}.
 */
final class JsonRowEncoder implements RowEncoder {
  private final List<String> header;
  private final Set<String> textColumns;
  private final Set<String> listColumns;
  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  JsonRowEncoder(ModelDefinition model, List<String> header) {
    this.header = List.copyOf(header);
    this.textColumns = TextColumns.of(model);
    this.listColumns =
        model.inputs().stream()
            .flatMap(input -> input.cells().stream())
            .filter(cells -> cells.form().list() == null)
            .map(FieldCells::field)
            .collect(Collectors.toSet());
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
    String[] items = listColumns.contains(column) ? UntypedNumbers.parts(text) : new String[0];
    if (items.length > 0) {
      generator.writeStartArray();
      for (String item : items) {
        generator.writeNumber(Cell.jsonNumber(item));
      }
      generator.writeEndArray();
    } else if (Cell.isNumber(text) && !textColumns.contains(column)) {
      generator.writeNumber(Cell.jsonNumber(text));
    } else {
      generator.writeString(text);
    }
  }
}
