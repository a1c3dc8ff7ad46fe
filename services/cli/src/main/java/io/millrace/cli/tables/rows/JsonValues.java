package io.millrace.cli.tables.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of a JSON object as texts. What is in nested objects has its path as name, {@code
 * user.age}. A list of numbers is written with semicolons, {@code 1;2;3}, which a number never has;
 * a list of texts is one text.
 */
final class JsonValues {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> leftOut = new LinkedHashSet<>();

  private JsonValues() {}

  /** Reads the object that the parser has just entered, to its end. */
  static JsonObjects.Found read(JsonParser parser, long line) throws IOException {
    JsonValues found = new JsonValues();
    found.object(parser, "");
    return new JsonObjects.Found(line, found.values, found.leftOut, "");
  }

  private void object(JsonParser parser, String path) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case START_OBJECT -> object(parser, path + name + ".");
        case START_ARRAY -> list(parser, path + name);
        case VALUE_NULL -> values.put(path + name, "");
        default -> values.put(path + name, parser.getText());
      }
    }
  }

  private void list(JsonParser parser, String path) throws IOException {
    List<String> items = new ArrayList<>();
    boolean isOfNumbers = true;
    boolean isOfObjects = false;
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        depth++;
      } else if (token == JsonToken.END_ARRAY) {
        depth--;
      } else if (token == JsonToken.START_OBJECT) {
        parser.skipChildren();
        isOfObjects = true;
      } else {
        isOfNumbers &= token.isNumeric();
        items.add(parser.getText());
      }
    }
    if (isOfObjects) {
      leftOut.add(path);
    } else {
      values.put(path, String.join(isOfNumbers ? ";" : " ", items));
    }
  }
}
