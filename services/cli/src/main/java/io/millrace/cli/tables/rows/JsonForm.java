package io.millrace.cli.tables.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.cli.failures.CommandFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by the beginning of a text whether it is JSON, and where its objects stand. */
final class JsonForm {
  private static final Pattern LIST = Pattern.compile("\\s*\\[\\s*[{\\]].*", Pattern.DOTALL);
  private static final Pattern LIST_OF_LISTS =
      Pattern.compile("\\s*\\[\\s*\\[.*[]\\d\"]\\s*", Pattern.DOTALL);
  private static final Pattern OBJECT = Pattern.compile("\\s*\\{\\s*[\"}].*", Pattern.DOTALL);

  private JsonForm() {}

  /**
   * Returns the form; empty if the text is not JSON.
   *
   * @param isWhole whether the text is the whole file
   * @throws CommandFailedException if it is JSON without objects that are rows
   */
  static Optional<Form> of(Path file, String text, boolean isWhole) {
    if (LIST.matcher(text).matches()) {
      return Optional.of(new Form.Objects(false, List.of()));
    }
    if (LIST_OF_LISTS.matcher(text).matches()) {
      throw new CommandFailedException(
          file + " is a JSON array of lists; write objects that name the values, {\"a\": 1}");
    }
    return OBJECT.matcher(text).matches()
        ? Optional.of(objects(file, text, isWhole))
        : Optional.empty();
  }

  private static Form objects(Path file, String text, boolean isWhole) {
    Iterator<String> lines = text.lines().filter(line -> !line.isBlank()).iterator();
    FirstObject first = FirstObject.of(lines.next());
    if (first.isComplete() && (lines.hasNext() || !isWhole)) {
      return new Form.Objects(true, List.of());
    }
    FirstObject object = FirstObject.of(text);
    if (object.isOfColumns()) {
      throw new CommandFailedException(
          file
              + " is one JSON object with the values of each column by row number; write one object"
              + " a row, with Python's pandas: to_json('data.jsonl', orient='records',"
              + " lines=True)");
    }
    List<String> path = object.isFollowed() ? null : object.path();
    return new Form.Objects(first.isComplete() && path == null, path == null ? List.of() : path);
  }

  /**
   * The first object of a text.
   *
   * @param isComplete whether it ends, and nothing follows
   * @param isFollowed whether something follows it
   * @param path the keys to its first list of objects, of those that are not deep the first; null
   *     if it has none
   * @param isOfColumns whether its first value is an object with the key 0
   */
  private record FirstObject(
      boolean isComplete, boolean isFollowed, @Nullable List<String> path, boolean isOfColumns) {

    static FirstObject of(String text) {
      List<String> path = null;
      boolean isOfColumns = false;
      try (JsonParser parser = JsonObjects.JSON.createParser(text)) {
        JsonToken last = parser.nextToken();
        parser.nextToken();
        for (; !parser.getParsingContext().inRoot(); parser.nextToken()) {
          JsonToken token = parser.currentToken();
          if (token == JsonToken.START_OBJECT && parser.getParsingContext().getParent().inArray()) {
            List<String> found = keys(parser);
            path = path == null || found.size() < path.size() ? found : path;
            parser.skipChildren();
          }
          boolean isNested = !parser.getParsingContext().getParent().inRoot();
          isOfColumns |=
              last == JsonToken.START_OBJECT && isNested && "0".equals(parser.currentName());
          last = token;
        }
        boolean isFollowed = parser.nextToken() != null;
        return new FirstObject(!isFollowed, isFollowed, path, isOfColumns);
      } catch (IOException e) {
        return new FirstObject(false, false, path, isOfColumns); // cut, or no JSON
      }
    }

    private static List<String> keys(JsonParser parser) {
      List<String> keys = new ArrayList<>();
      for (var place = parser.getParsingContext().getParent();
          place != null && !place.inRoot();
          place = place.getParent()) {
        if (place.getCurrentName() != null) {
          keys.add(0, place.getCurrentName());
        }
      }
      return keys;
    }
  }
}
