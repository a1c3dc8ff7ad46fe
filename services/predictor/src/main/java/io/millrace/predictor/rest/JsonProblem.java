package io.millrace.predictor.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.millrace.predictor.requests.Shortened;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A problem in a JSON text, as a sentence for the caller: the member, what it is, what was
 * expected, and where. The parser's own messages are for programmers.
 */
public final class JsonProblem extends IOException {
  private static final long serialVersionUID = 1;
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'");

  /** Our words for the parser's limits, by the beginning of the parser's message. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "Number value length",
          "a number has more than %d digits".formatted(StreamReadConstraints.DEFAULT_MAX_NUM_LEN),
          "Document nesting depth",
          "more than %d objects and lists are within each other"
              .formatted(StreamReadConstraints.DEFAULT_MAX_DEPTH),
          "Name",
          "a name has more than %d characters"
              .formatted(StreamReadConstraints.DEFAULT_MAX_NAME_LEN),
          "String value length",
          "a text has more than %d characters"
              .formatted(StreamReadConstraints.DEFAULT_MAX_STRING_LEN));

  private JsonProblem(String message) {
    super(message);
  }

  /** Returns a problem at the current value. */
  public static JsonProblem at(JsonParser parser, String message) {
    return new JsonProblem(message + written(parser.currentLocation()));
  }

  /** Returns the problem that the current value is of another kind. */
  public static JsonProblem ofKind(JsonParser parser, String expected) {
    String what = "%s is %s; expected %s";
    return at(parser, what.formatted(path(parser), kind(parser.currentToken()), expected));
  }

  /** Returns the parser's problem in our words. */
  public static JsonProblem of(JsonProcessingException problem) {
    return new JsonProblem(sentence(problem) + written(problem.getLocation()));
  }

  private static String sentence(JsonProcessingException problem) {
    String message = problem.getOriginalMessage();
    Matcher duplicate = DUPLICATE.matcher(message);
    if (problem instanceof StreamConstraintsException) {
      return LIMITS.entrySet().stream()
          .filter(limit -> message.startsWith(limit.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("it is larger than what is read");
    } else if (problem instanceof JsonEOFException) {
      return "it ends within a value";
    } else if (duplicate.find()) {
      return "the member '%s' comes twice; expected it once"
          .formatted(Shortened.of(duplicate.group(1)));
    }
    if (message.contains("surrogate")) {
      return "a text has one half of a surrogate pair; expected whole characters";
    }
    return message.startsWith("Non-standard token")
        ? "NaN and infinite numbers are no JSON; expected null for no value"
        : "it is no JSON; expected a value, a name in quotes, a comma or a bracket";
  }

  /** Returns the path of the current value, such as {@code inputs[0].shape}. */
  public static String path(JsonParser parser) {
    StringBuilder path = new StringBuilder();
    JsonStreamContext context = parser.getParsingContext();
    if (parser.currentToken() == JsonToken.START_OBJECT
        || parser.currentToken() == JsonToken.START_ARRAY) {
      context = context.getParent(); // the parser is already inside the value
    }
    for (; context != null; context = context.getParent()) {
      if (context.inArray()) {
        path.insert(0, "[" + context.getCurrentIndex() + "]");
      } else if (context.inObject() && context.getCurrentName() != null) {
        path.insert(0, "." + context.getCurrentName());
      }
    }
    String written = path.indexOf(".") == 0 ? path.substring(1) : path.toString();
    return written.isEmpty() ? "it" : Shortened.of(written);
  }

  private static String kind(@Nullable JsonToken token) {
    if (token == null) {
      return "empty";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }

  private static String written(@Nullable JsonLocation where) {
    return where == null // the parser names no place for its limits
        ? ""
        : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr());
  }
}
