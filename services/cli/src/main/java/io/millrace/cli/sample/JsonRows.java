package io.millrace.cli.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON objects as rows of texts: the text of each plain value by its path. */
public final class JsonRows {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonRows() {}

  /** Returns the row; empty if the bytes are not a JSON object. Lists are left out. */
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
        parser.skipChildren();
      }
    }
  }
}
