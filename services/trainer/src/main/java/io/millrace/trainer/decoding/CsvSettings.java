package io.millrace.trainer.decoding;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.DecodedTexts;
import io.millrace.trainer.decoding.shared.DecoderFactory;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import java.util.List;

/**
 * The format of CSV lines.
 *
 * @param columns the names of the cells, in order
 * @param separator the character between two cells
 */
public record CsvSettings(List<String> columns, char separator) implements DecoderFactory {

  public CsvSettings {
    columns = List.copyOf(columns);
  }

  static CsvSettings read(Section section) {
    List<String> columns =
        section
            .texts("columns", "names of the columns, in order; of format csv")
            .check("at least one", names -> !names.isEmpty())
            .required();
    String separator =
        section
            .text("separator", "separator of the columns; of format csv")
            .check("one character", text -> text.length() == 1 && !"\"\r\n".contains(text))
            .orElse(",");
    return new CsvSettings(columns, separator.isEmpty() ? ',' : separator.charAt(0));
  }

  @Override
  public RecordDecoder decoder(ModelDefinition model) {
    return decoder(new Columns(model));
  }

  @Override
  public FieldTexts texts(List<String> fields) {
    return new DecodedTexts(fields, this::decoder);
  }

  @Override
  public boolean mayHave(String field, ModelDefinition model) {
    return columns.contains(field);
  }

  private RecordDecoder decoder(Columns fields) {
    return new CsvDecoder(fields, columns, separator);
  }
}
