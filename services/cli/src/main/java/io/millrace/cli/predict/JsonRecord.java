package io.millrace.cli.predict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.cli.failures.CommandFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One record as a flat JSON object: the texts of each field's value, several for a list. */
public final class JsonRecord {
  private JsonRecord() {}

  /**
   * Reads an object.
   *
   * @throws CommandFailedException if the text is not a flat JSON object
   */
  public static Map<String, List<String>> read(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new CommandFailedException("not a JSON object: " + json);
      }
      Map<String, List<String>> fields = new LinkedHashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        fields.put(name, texts(parser));
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new CommandFailedException("not valid JSON: " + e.getOriginalMessage());
    }
  }

  private static List<String> texts(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return parser.currentToken() == JsonToken.VALUE_NULL ? List.of() : List.of(scalar(parser));
    }
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(scalar(parser));
    }
    return items;
  }

  private static String scalar(JsonParser parser) throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw new CommandFailedException(
          parser.currentName() + ": a number or a list of numbers is expected");
    }
    return parser.getText();
  }
}
