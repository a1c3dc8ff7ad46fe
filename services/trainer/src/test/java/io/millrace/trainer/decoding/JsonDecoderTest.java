package io.millrace.trainer.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {
  private static final String GOOD = "{\"x\": 1, \"y\": -2.5, \"z\": 3e2, \"label\": \"b\"}";

  private final ExampleBatch rows = Models.rows(Models.classes());
  private final JsonDecoder decoder = new JsonDecoder(new Columns(Models.classes()));

  @Test
  void decode_object_fillsTheNextRowInTheOrderOfTheFields() {
    // Given
    rows.advance();

    // When
    Rejected rejected = decode("{\"z\": 3, \"label\": \"b\", \"y\": -2.5, \"x\": 1e-3}");

    // Then
    assertThat(rejected).isNull();
    assertThat(rows.input(0)).startsWith(0, 0, 0, 1e-3f, -2.5f, 3);
    assertThat(rows.target(0)).startsWith(0, 1);
  }

  @Test
  void decode_fieldsThatTheModelDoesNotRead_areSkippedWhateverTheyHold() {
    Rejected rejected =
        decode(
            "{\"id\": {\"x\": \"no\", \"deep\": [[{}]]}, \"tags\": [\"y\", null], \"x\": 1,"
                + " \"y\": 2, \"none\": null, \"z\": 3, \"label\": \"a\", \"last\": true}");

    assertThat(rejected).isNull();
    assertThat(rows.input(0)).startsWith(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({"7, 2", "\"7\", 2", "\"a\", 0"})
  void decode_class_isFoundByWhatIsWritten(String label, float index) {
    assertThat(decode(GOOD.replace("\"b\"", label))).isNull();
    assertThat(rows.target(0)).startsWith(index);
  }

  @Test
  void decode_classForOneHotTarget_isAOneAtItsIndex() {
    ExampleBatch oneHot = Models.rows(Models.oneHotClasses());

    Rejected rejected =
        new JsonDecoder(new Columns(Models.oneHotClasses())).decode(bytes(GOOD), oneHot);

    assertThat(rejected).isNull();
    assertThat(oneHot.target(0)).startsWith(0, 1, 0);
  }

  @Test
  void decode_fieldTwice_theLastHolds() {
    assertThat(decode(GOOD.replace("{", "{\"x\": 99, "))).isNull();
    assertThat(rows.input(0)).startsWith(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "1 | \"text\" | NOT_A_NUMBER | x | text",
        "1 | \"12\" | NOT_A_NUMBER | x | text",
        "1 | true | NOT_A_NUMBER | x | boolean",
        "1 | {\"x\": 1} | NOT_A_NUMBER | x | object",
        "1 | [1] | NOT_A_NUMBER | x | list",
        "1 | null | MISSING_FIELD | x | null",
        "1 | NaN | NON_FINITE | x | number",
        "1 | -Infinity | NON_FINITE | x | number",
        "1 | \"NaN\" | NON_FINITE | x | text",
        "1 | 1e39 | NON_FINITE | x | number beyond single precision",
        "1 | 1e999 | NON_FINITE | x | number",
        "\"x\": 1, | `` | MISSING_FIELD | x | nothing",
        ", \"label\": \"b\" | `` | MISSING_FIELD | label | nothing",
        "\"b\" | \"c\" | LABEL_RANGE | label | a name that is none of 3",
        "\"b\" | 8 | LABEL_RANGE | label | a name that is none of 3",
        "\"b\" | null | MISSING_FIELD | label | null",
        "\"b\" | [\"a\"] | NOT_A_NUMBER | label | list",
        "} | `` | UNDECODABLE | - | malformed JSON",
        "} | }} | UNDECODABLE | - | malformed JSON",
      })
  void decode_badRecord_saysWhatIsWrongAndWhere(
      String part, String replacement, Reason reason, @Nullable String field, String found) {
    // Given
    int at = GOOD.indexOf(part);
    String json = GOOD.substring(0, at) + replacement + GOOD.substring(at + part.length());

    // When
    Rejected rejected = decode(json);

    // Then
    assertThat(rejected).isEqualTo(new Rejected(reason, field, found));
  }

  @Test
  void decode_somethingElseThanAnObject_isUndecodable() {
    Rejected expected = Rejected.undecodable("no JSON object");
    assertThat(decoder.decode(null, rows)).isEqualTo(expected);
    assertThat(decode("")).isEqualTo(expected);
    assertThat(decode("12")).isEqualTo(expected);
    assertThat(decode("[" + GOOD + "]")).isEqualTo(expected);
  }

  @Test
  void decode_vectorAndSharedField_fillAllTheirColumns() {
    // Given
    ExampleBatch vectors = Models.rows(Models.numbers());
    JsonDecoder ofVectors = new JsonDecoder(new Columns(Models.numbers()));

    // When
    Rejected rejected = ofVectors.decode(bytes("{\"position\": [1, 2.5], \"speed\": 9}"), vectors);

    // Then
    assertThat(rejected).isNull();
    assertThat(inputOfWidth(2, vectors)).startsWith(1, 2.5f);
    assertThat(inputOfWidth(1, vectors)).startsWith(9);
    assertThat(vectors.target(0)).startsWith(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | FEATURE_COUNT | 1 of 2 numbers",
        "[1, 2, 3] | FEATURE_COUNT | 3 of 2 numbers",
        "[1, NaN] | NON_FINITE | number",
        "[1, \"2\"] | NOT_A_NUMBER | list with something else than numbers",
        "[[1, 2]] | NOT_A_NUMBER | list with something else than numbers",
        "1 | FEATURE_COUNT | 1 of 2 numbers",
      })
  void decode_badVector_saysWhatIsWrong(String vector, Reason reason, String found) {
    JsonDecoder ofVectors = new JsonDecoder(new Columns(Models.numbers()));

    Rejected rejected =
        ofVectors.decode(
            bytes("{\"position\": " + vector + ", \"speed\": 9}"), Models.rows(Models.numbers()));

    assertThat(rejected).isEqualTo(new Rejected(reason, "position", found));
  }

  @Property(tries = 2000)
  void decode_mutatedBytes_neverThrows(
      @ForAll @Size(max = 8) int[] places, @ForAll byte replacement) {
    byte[] bytes = Mutations.of(bytes(GOOD), places, replacement);

    Rejected rejected = decoder.decode(bytes, rows);

    assertThat(rejected == null || rejected.message() != null).isTrue();
  }

  @Property(tries = 500)
  void decode_anyBytes_neverThrows(@ForAll byte[] bytes) {
    assertThat(decoder.decode(bytes, rows)).isNotNull();
  }

  private @Nullable Rejected decode(String json) {
    return decoder.decode(bytes(json), rows);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  private static float[] inputOfWidth(int width, ExampleBatch rows) {
    return rows.input(rows.inputWidth(0) == width ? 0 : 1);
  }
}
