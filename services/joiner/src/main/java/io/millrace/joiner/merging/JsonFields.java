package io.millrace.joiner.merging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The top-level fields of a JSON object, as slices of its bytes. Merging neither parses nor
 * rewrites values, so a number keeps all its digits.
 */
final class JsonFields {
  /** Accepts what the trainer's decoder accepts, including a bare {@code NaN}. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final byte[] bytes;
  private final List<Slice> slices;

  private JsonFields(byte[] bytes, List<Slice> slices) {
    this.bytes = bytes;
    this.slices = slices;
  }

  /** Returns the fields of a value; null if it is not one JSON object in UTF-8. */
  static @Nullable JsonFields of(byte[] value) {
    try (JsonParser parser = FACTORY.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT || offset(parser) < 0) {
        return null; // UTF-16 and UTF-32 have no byte offsets
      }
      List<Slice> slices = slices(parser);
      return parser.nextToken() == null ? new JsonFields(value, slices) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Returns an object with the fields of both. A field of {@code others} replaces one of the same
   * name.
   */
  byte[] with(JsonFields others) {
    Set<String> names = others.slices.stream().map(Slice::name).collect(Collectors.toSet());
    ByteArrayOutputStream merged = new ByteArrayOutputStream(bytes.length + others.bytes.length);
    merged.write('{');
    slices.stream()
        .filter(slice -> !names.contains(slice.name))
        .forEach(slice -> slice.appendTo(merged, bytes));
    others.slices.forEach(slice -> slice.appendTo(merged, others.bytes));
    merged.write('}');
    return merged.toByteArray();
  }

  private static List<Slice> slices(JsonParser parser) throws IOException {
    List<Slice> slices = new ArrayList<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      parser.nextToken();
      parser.skipChildren();
      parser.finishToken(); // moves to the end of a text
      slices.add(new Slice(name, begin, (int) offset(parser)));
    }
    return slices;
  }

  private static long offset(JsonParser parser) {
    return parser.currentLocation().getByteOffset();
  }

  /** A field, from the start of its name to the end of its value. */
  private record Slice(String name, int begin, int end) {
    void appendTo(ByteArrayOutputStream object, byte[] bytes) {
      if (object.size() > 1) {
        object.write(',');
      }
      object.write(bytes, begin, end - begin);
    }
  }
}
