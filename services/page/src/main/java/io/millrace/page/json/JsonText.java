package io.millrace.page.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A JSON text that is written from its beginning to its end. Numbers that are not finite are null,
 * since JSON does not have them. Confined to one thread.
 */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator generator;

  private JsonText(JsonGenerator generator) {
    this.generator = generator;
  }

  /** Returns the bytes of an object. */
  public static Buffer object(Consumer<JsonText> fields) {
    return text(
        json ->
            json.write(
                generator -> {
                  generator.writeStartObject();
                  fields.accept(json);
                  generator.writeEndObject();
                }));
  }

  /** Returns the bytes of an array. */
  public static Buffer array(Consumer<JsonText> elements) {
    return text(
        json ->
            json.write(
                generator -> {
                  generator.writeStartArray();
                  elements.accept(json);
                  generator.writeEndArray();
                }));
  }

  private static Buffer text(Consumer<JsonText> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      content.accept(new JsonText(generator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Adds a field with a text. */
  public JsonText put(String name, String value) {
    return write(generator -> generator.writeStringField(name, value));
  }

  public JsonText put(String name, Instant time) {
    return put(name, time.toString());
  }

  public JsonText put(String name, boolean value) {
    return write(generator -> generator.writeBooleanField(name, value));
  }

  public JsonText put(String name, long value) {
    return write(generator -> generator.writeNumberField(name, value));
  }

  /** Adds a field with a number, or null if it is not finite. */
  public JsonText put(String name, double value) {
    return write(generator -> generator.writeFieldName(name)).add(value);
  }

  /** Adds a field with an object of numbers, sorted by name. */
  public JsonText put(String name, Map<String, Double> numbers) {
    return object(name, json -> new TreeMap<>(numbers).forEach(json::put));
  }

  /** Adds a field with an object. */
  public JsonText object(String name, Consumer<JsonText> fields) {
    return write(
        generator -> {
          generator.writeObjectFieldStart(name);
          fields.accept(this);
          generator.writeEndObject();
        });
  }

  /** Adds a field with an array. */
  public JsonText array(String name, Consumer<JsonText> elements) {
    return write(
        generator -> {
          generator.writeArrayFieldStart(name);
          elements.accept(this);
          generator.writeEndArray();
        });
  }

  /** Adds an element to an array: an object. */
  public JsonText add(Consumer<JsonText> fields) {
    return write(
        generator -> {
          generator.writeStartObject();
          fields.accept(this);
          generator.writeEndObject();
        });
  }

  /** Adds an element to an array: an array. */
  public JsonText addArray(Consumer<JsonText> elements) {
    return write(
        generator -> {
          generator.writeStartArray();
          elements.accept(this);
          generator.writeEndArray();
        });
  }

  public JsonText add(String value) {
    return write(generator -> generator.writeString(value));
  }

  public JsonText add(long value) {
    return write(generator -> generator.writeNumber(value));
  }

  /** Adds an element to an array: a number, or null if it is not finite. */
  public JsonText add(double value) {
    return write(
        generator -> {
          if (Double.isFinite(value)) {
            generator.writeNumber(value);
          } else {
            generator.writeNull();
          }
        });
  }

  /** Adds an element in single precision, which takes half the text; null if it is not finite. */
  public JsonText addShort(double value) {
    return write(
        generator -> {
          if (Float.isFinite((float) value)) {
            generator.writeNumber((float) value);
          } else {
            generator.writeNull();
          }
        });
  }

  private JsonText write(Writing writing) {
    try {
      writing.to(generator);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes to memory, which does not fail. */
  @FunctionalInterface
  private interface Writing {
    void to(JsonGenerator generator) throws IOException;
  }
}
