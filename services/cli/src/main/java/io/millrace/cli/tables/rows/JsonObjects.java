package io.millrace.cli.tables.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.cli.failures.CommandFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON objects of a file, one after the other. Confined to one thread. */
public abstract sealed class JsonObjects implements Iterator<JsonObjects.Found>, AutoCloseable {
  static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private @Nullable Found ahead;

  /**
   * An object.
   *
   * @param line the line where it begins, from 1
   * @param values the texts of its values by their paths
   * @param leftOut the paths of values that no cell can hold, because they are lists of objects
   * @param problem why there are no values; empty if there is no reason
   */
  public record Found(long line, Map<String, String> values, Set<String> leftOut, String problem) {

    static Found broken(long line, String problem) {
      return new Found(line, Map.of(), Set.of(), problem);
    }
  }

  /** Returns the objects of a file; the text is closed with them. */
  static JsonObjects open(Path file, Reader text, Form.Objects form) {
    return form.isByLine() ? new OfLines(text) : new OfStream(file, text, form.path());
  }

  /** Returns the next object; null at the end. */
  abstract @Nullable Found read() throws IOException;

  @Override
  public final boolean hasNext() {
    try {
      ahead = ahead == null ? read() : ahead;
      return ahead != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final Found next() {
    Found next = hasNext() ? ahead : null;
    if (next == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return next;
  }

  @Override
  public abstract void close();

  /** One object a line; a line that is none spoils no other. */
  private static final class OfLines extends JsonObjects {
    private final BufferedReader text;
    private long line;

    OfLines(Reader text) {
      this.text = new BufferedReader(text);
    }

    @Override
    @Nullable Found read() throws IOException {
      String read = text.readLine();
      for (line++; read != null && read.isBlank(); line++) {
        read = text.readLine();
      }
      return read == null ? null : object(read);
    }

    private Found object(String text) {
      try (JsonParser parser = JSON.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return Found.broken(line, "is no JSON object");
        }
        Found found = JsonValues.read(parser, line);
        return parser.nextToken() == null
            ? found
            : Found.broken(line, "has more than one JSON object");
      } catch (JsonProcessingException e) {
        return Found.broken(line, "is no JSON object: " + e.getOriginalMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        text.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Objects in a list, or one after the other, wherever lines end. */
  private static final class OfStream extends JsonObjects {
    private final Path file;
    private final JsonParser parser;

    OfStream(Path file, Reader text, List<String> path) {
      this.file = file;
      try {
        this.parser = JSON.createParser(text);
        enter(path);
      } catch (JsonProcessingException e) {
        throw malformed(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Goes to the list under these keys; without keys, to where the first value begins. */
    private void enter(List<String> path) throws IOException {
      parser.nextToken();
      for (String key : path) {
        String name = parser.nextFieldName();
        while (name != null && !name.equals(key)) {
          parser.nextToken();
          parser.skipChildren();
          name = parser.nextFieldName();
        }
        parser.nextToken();
      }
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        parser.nextToken();
      }
    }

    @Override
    @Nullable Found read() throws IOException {
      try {
        JsonToken token = parser.currentToken();
        if (token == null || token == JsonToken.END_ARRAY) {
          return null;
        }
        long line = parser.currentTokenLocation().getLineNr();
        Found found =
            token == JsonToken.START_OBJECT
                ? JsonValues.read(parser, line)
                : Found.broken(line, "is no JSON object");
        parser.skipChildren();
        parser.nextToken();
        return found;
      } catch (JsonProcessingException e) {
        throw malformed(e);
      }
    }

    private CommandFailedException malformed(JsonProcessingException e) {
      String reason =
          e instanceof JsonEOFException ? "it ends in the middle" : e.getOriginalMessage();
      return new CommandFailedException(
          "%s is no JSON from line %d on: %s".formatted(file, e.getLocation().getLineNr(), reason));
    }

    @Override
    public void close() {
      try {
        parser.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
