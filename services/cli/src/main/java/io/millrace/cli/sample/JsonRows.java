package io.millrace.cli.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON objects as rows of texts: the text of each plain value by its path. */
public final class JsonRows {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonRows() {}

  /**
   * Returns the row; empty if the bytes are not a JSON object. A list of plain values is its JSON;
   * other lists are left out.
   */
  public static Optional<Map<String, String>> read(byte[] value) {
    Map<String, String> row = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      object(parser, "", row);
      return Optional.of(row);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void object(JsonParser parser, String path, Map<String, String> row)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object(parser, path + name + ".", row);
      } else if (token.isScalarValue()) {
        row.put(path + name, token == JsonToken.VALUE_NULL ? "" : parser.getText());
      } else {
        String field = path + name;
        list(parser).ifPresent(list -> row.put(field, list));
      }
    }
  }

  /** Returns a list of plain values as JSON without spaces; empty if there are others in it. */
  private static Optional<String> list(JsonParser parser) throws IOException {
    List<String> items = new ArrayList<>();
    boolean isPlain = true;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      isPlain &= token.isScalarValue();
      items.add(parser.getText());
      parser.skipChildren();
    }
    return isPlain ? Optional.of("[" + String.join(",", items) + "]") : Optional.empty();
  }
}
