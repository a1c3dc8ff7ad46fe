package io.millrace.joiner.merging;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1} | {\"y\": \"b\"} | {\"a\": 1,\"y\": \"b\"}",
        " { \"a\" : [1, {\"y\": 2}] , \"b\":\"\\\"}\" } | {\"y\" :null } |"
            + " {\"a\" : [1, {\"y\": 2}],\"b\":\"\\\"}\",\"y\" :null}",
        "{\"a\": 1, \"y\": 3, \"b\": 0.10000000000000000001} | {\"y\": 4} |"
            + " {\"a\": 1,\"b\": 0.10000000000000000001,\"y\": 4}",
        "{\"ä€\": \"𝄞\", \"z\": NaN} | {\"ä\\u20ac\": true} | {\"z\": NaN,\"ä\\u20ac\": true}",
        "{} | {\"y\": -1e3} | {\"y\": -1e3}",
        "{\"a\": 1} | {} | {\"a\": 1}",
        "{} | {} | {}"
      })
  void merge_jsonObjects_fieldsAreAsTheyWereAndTheLabelsHold(
      String features, String label, String merged) {
    assertThat(new String(JoinFormat.JSON.merge(bytes(features), bytes(label)), UTF_8))
        .isEqualTo(merged);
  }

  @Test
  void merge_byteOrderMark_isLeftOut() {
    assertThat(JoinFormat.JSON.merge(bytes("\uFEFF{\"a\": 1}"), bytes("\uFEFF{\"b\": 2}")))
        .isEqualTo(bytes("{\"a\": 1,\"b\": 2}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "[1]", "7", "null", "{", "{\"a\"}", "{\"a\": 1", "{\"a\": 1} x", "{}{}"})
  void reads_textThatIsNotOneJsonObject_doesNot(String text) {
    assertThat(JoinFormat.JSON.reads(bytes(text))).isFalse();
  }

  @Test
  void reads_otherEncodingThanUtf8_doesNot() {
    assertThat(JoinFormat.JSON.reads("{\"a\": 1}".getBytes(UTF_16))).isFalse();
  }

  @Property(tries = 300)
  void merge_damagedJson_isRefusedOrMergedIntoJson(
      @ForAll @Size(max = 3) int[] places, @ForAll byte replacement) throws IOException {
    byte[] features = bytes("{\"a\": [1, 2.5], \"b\": {\"c\": \"d\\u00e4\"}, \"e\": -1e-7}");
    for (int place : places) {
      features[Math.floorMod(place, features.length)] = replacement;
    }

    if (JoinFormat.JSON.reads(features)) {
      byte[] merged = JoinFormat.JSON.merge(features, bytes("{\"y\": 1}"));
      assertThat(JoinFormat.JSON.reads(merged)).isTrue();
      assertThat(lastField(merged)).isEqualTo("y");
    }
  }

  @Test
  void merge_protobuf_isTheMergeOfTheMessages() throws InvalidProtocolBufferException {
    // Given
    LabelledRecord features =
        LabelledRecord.newBuilder()
            .setId("features")
            .setEventTimeMillis(7)
            .setWeight(1)
            .addInputs(NamedValues.newBuilder().setName("x").addAllValues(List.of(1f, 2f)))
            .build();
    LabelledRecord label =
        LabelledRecord.newBuilder()
            .setWeight(3)
            .addLabels(Label.newBuilder().setName("y").setClassName("spam"))
            .build();

    // When
    byte[] merged = JoinFormat.PROTOBUF.merge(features.toByteArray(), label.toByteArray());

    // Then
    assertThat(LabelledRecord.parseFrom(merged))
        .isEqualTo(features.toBuilder().mergeFrom(label).build());
  }

  @Test
  void reads_truncatedProtobuf_doesNot() {
    byte[] whole = LabelledRecord.newBuilder().setId("an identifier").build().toByteArray();

    assertThat(JoinFormat.PROTOBUF.reads(whole)).isTrue();
    assertThat(JoinFormat.PROTOBUF.reads(Arrays.copyOf(whole, whole.length - 1))).isFalse();
  }

  private static String lastField(byte[] object) throws IOException {
    String last = "";
    try (JsonParser parser = new JsonFactory().createParser(object)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        last = name;
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return last;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
