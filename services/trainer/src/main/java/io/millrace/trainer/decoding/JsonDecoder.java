package io.millrace.trainer.decoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.FieldTree;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one JSON object each, in one pass and without building a tree.
 *
 * <p>Fields are found by name at the top of the object, or by a dotted path in nested objects
 * ({@link FieldTree}). Other fields are skipped. A numeric field must hold a JSON number, never a
 * text that looks like one; a bare {@code NaN} is parsed and then rejected as not finite. A class
 * may be a text, a number or a boolean; 1, 1.0 and 1e0 are the same number. If a field occurs
 * twice, the last value counts.
 */
public final class JsonDecoder implements RecordDecoder {
  private static final Rejected NOT_AN_OBJECT = Rejected.undecodable("no JSON object");
  private static final Rejected MALFORMED = Rejected.undecodable("malformed JSON");

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();
  private final Columns columns;
  private final FieldTree fields;

  public JsonDecoder(Columns columns) {
    this.columns = columns;
    this.fields = FieldTree.of(columns);
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    if (value == null) {
      return NOT_AN_OBJECT;
    }
    columns.begin();
    try (JsonParser parser = factory.createParser(value)) {
      Rejected rejected = object(parser, rows);
      return rejected == null ? columns.firstMissing(rows) : rejected;
    } catch (IOException e) {
      return MALFORMED;
    }
  }

  private @Nullable Rejected object(JsonParser parser, ExampleBatch rows) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return NOT_AN_OBJECT;
    }
    Rejected rejected = members(parser, fields, rows);
    if (rejected != null) {
      return rejected;
    }
    return parser.nextToken() == null ? null : MALFORMED;
  }

  private static @Nullable Rejected members(JsonParser parser, FieldTree inside, ExampleBatch rows)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      FieldTree field = inside.find(name);
      Rejected rejected = field == null ? null : member(parser, token, field, rows);
      if (rejected != null) {
        return rejected;
      }
      parser.skipChildren();
    }
    return null;
  }

  private static @Nullable Rejected member(
      JsonParser parser, JsonToken token, FieldTree field, ExampleBatch rows) throws IOException {
    if (token == JsonToken.START_OBJECT && field.hasChildren()) {
      return members(parser, field, rows);
    }
    Column column = field.column();
    return column == null ? null : value(parser, token, column, rows);
  }

  private static @Nullable Rejected value(
      JsonParser parser, JsonToken token, Column column, ExampleBatch rows) throws IOException {
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, column, rows);
      case VALUE_STRING -> column.text(parser.getText(), rows);
      case VALUE_TRUE -> column.truth(true, rows);
      case VALUE_FALSE -> column.truth(false, rows);
      case VALUE_NULL -> column.missing("null", rows);
      case START_ARRAY -> list(parser, column, rows);
      default -> column.other("object");
    };
  }

  private static @Nullable Rejected number(JsonParser parser, Column column, ExampleBatch rows)
      throws IOException {
    if (!column.takesWritten()) {
      return column.number(parser.getDoubleValue(), rows);
    }
    return parser.isNaN()
        ? column.notFinite()
        : column.written(parser.getText(), parser.getDoubleValue(), rows);
  }

  private static @Nullable Rejected list(JsonParser parser, Column column, ExampleBatch rows)
      throws IOException {
    Rejected rejected = column.beginList();
    while (rejected == null && parser.nextToken() != JsonToken.END_ARRAY) {
      rejected = item(parser, column, rows);
    }
    return rejected == null ? column.endList(rows) : rejected;
  }

  private static @Nullable Rejected item(JsonParser parser, Column column, ExampleBatch rows)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return MALFORMED;
    }
    if (token.isNumeric()) {
      return numberItem(parser, column, rows);
    }
    if (token.isBoolean()) {
      return column.truthItem(token == JsonToken.VALUE_TRUE, rows);
    }
    return token == JsonToken.VALUE_STRING
        ? column.item(parser.getText(), rows)
        : column.other("list with something else than numbers");
  }

  private static @Nullable Rejected numberItem(JsonParser parser, Column column, ExampleBatch rows)
      throws IOException {
    if (!column.takesWritten()) {
      return column.item(parser.getDoubleValue(), rows);
    }
    return parser.isNaN()
        ? column.notFinite()
        : column.writtenItem(parser.getText(), parser.getDoubleValue(), rows);
  }
}
