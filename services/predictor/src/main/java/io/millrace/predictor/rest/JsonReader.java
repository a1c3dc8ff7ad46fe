package io.millrace.predictor.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.protobuf.UnsafeByteOperations;
import java.io.CharConversionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads JSON forwards, without a tree. Every method reads the current value and throws if it is of
 * another kind. Names and texts are valid Unicode: Jackson itself accepts bytes that are not UTF-8
 * (RFC 8259, 8.1) and lone surrogates, which it cannot write. Confined to one thread.
 */
final class JsonReader {
  /** A duplicate member is ambiguous, so it is refused. */
  private static final JsonFactory FACTORY =
      new JsonFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());

  private final JsonParser parser;

  JsonReader(byte[] text, int length) throws IOException {
    if (!UnsafeByteOperations.unsafeWrap(text, 0, length).isValidUtf8()) {
      throw new CharConversionException("the text is not in UTF-8");
    }
    parser = FACTORY.createParser(text, 0, length);
    parser.nextToken();
  }

  void object(Member member) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      requireWhole(name);
      parser.nextToken();
      member.read(name);
    }
  }

  /** Returns the number of items. */
  int list(Item item) throws IOException {
    expect(JsonToken.START_ARRAY, "a list");
    int items = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item.read();
      items++;
    }
    return items;
  }

  boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean isList() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "text");
    return requireWhole(parser.getText());
  }

  /** Returns a text, or the characters of a number or boolean. */
  String scalar() throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw JsonProblem.ofKind(parser, "a text or a number");
    }
    return requireWhole(parser.getText());
  }

  long wholeNumber() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw problem(
          JsonProblem.path(parser) + " has more than 64 bits; expected -2^63 to 2^63 - 1");
    }
    return parser.getLongValue();
  }

  boolean flag() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    expect(JsonToken.VALUE_FALSE, "true or false");
    return false;
  }

  boolean isFlag() {
    return parser.currentToken().isBoolean();
  }

  boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Returns a number; true and false are 1 and 0. */
  double number() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      default -> throw JsonProblem.ofKind(parser, "a number");
    };
  }

  /**
   * Returns the current number as a double that is not above it. {@link #number} rounds to nearest,
   * so 2^63 - 1 would become 2^63. Call this before {@link #number}, after which Jackson has lost
   * the digits.
   */
  double floor() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.INT) {
      return number();
    }
    BigInteger exact = parser.getBigIntegerValue();
    double nearest = exact.doubleValue();
    boolean above =
        Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(new BigDecimal(exact)) > 0;
    return above ? Math.nextDown(nearest) : nearest;
  }

  /** Returns the lowest 64 bits of the current number's integer part; 0 if it is not finite. */
  long bits() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getBigIntegerValue().longValue();
    }
    double value = number();
    return Double.isFinite(value) ? new BigDecimal(value).toBigInteger().longValue() : 0;
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw problem("expected nothing more");
    }
  }

  /** Returns an exception with what is wrong, and where. */
  JsonProblem problem(String message) {
    return JsonProblem.at(parser, message);
  }

  private String requireWhole(String text) throws IOException {
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (Character.getType(point) == Character.SURROGATE) {
        throw problem(
            JsonProblem.path(parser)
                + " has one half of a surrogate pair; expected whole characters");
      }
    }
    return text;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      throw JsonProblem.ofKind(parser, what);
    }
  }

  /** Reads the value of an object's member. */
  interface Member {
    void read(String name) throws IOException;
  }

  /** Reads an item of a list. */
  interface Item {
    void read() throws IOException;
  }
}
