package io.millrace.trainer.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads fields of a record as texts, whatever they mean to the model. */
@FunctionalInterface
interface FieldTexts {

  /**
   * Reads the fields.
   *
   * @param value of a record that was decoded before
   * @param texts receives the text of each field as it is written; null where it is none
   */
  void read(byte[] value, @Nullable String[] texts);

  /** Returns the reader of fields at the top of a JSON object. */
  static FieldTexts json(List<String> fields) {
    JsonFactory factory = new JsonFactory();
    return (value, texts) -> {
      Arrays.fill(texts, null);
      try (JsonParser parser = factory.createParser(value)) {
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          JsonToken token = parser.nextToken();
          for (int i = 0; i < texts.length; i++) {
            if (fields.get(i).equals(name) && token.isScalarValue()) {
              texts[i] = token == JsonToken.VALUE_NULL ? null : parser.getText();
            }
          }
          parser.skipChildren();
        }
      } catch (IOException e) {
        Arrays.fill(texts, null); // what was decoded is not malformed
      }
    };
  }

  /** Returns the reader of {@code id} and of the classes of labels, by the labels' names. */
  static FieldTexts protobuf(List<String> fields) {
    return new ProtobufTexts(fields)::read;
  }
}
