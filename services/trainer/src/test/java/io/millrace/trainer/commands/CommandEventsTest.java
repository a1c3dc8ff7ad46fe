package io.millrace.trainer.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.control.v1.Rollback;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandEventsTest {
  private static final String MODEL = "letters";
  private static final Map<String, String> BINARY =
      Map.of(
          "ce_specversion", "1.0",
          "ce_id", "17",
          "ce_source", "/operators/ann",
          "ce_type", "io.millrace.retrain");

  @Test
  void read_whatWasWritten_isTheCommandAgain() {
    // Given
    Retrain retrain =
        Retrain.newBuilder()
            .setRewindToOffsets(Retrain.Offsets.newBuilder().putOffsets(0, 1200))
            .setFreshWeights(true)
            .setPasses(3)
            .build();
    Command command = Command.newBuilder().setId("17").setModel(MODEL).setRetrain(retrain).build();

    // When
    ProducerRecord<byte[], byte[]> written =
        CommandEvents.record(
            "commands",
            command,
            URI.create("urn:test"),
            OffsetDateTime.parse("2026-11-21T08:00:00Z"));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("commands", 0, 0, written.key(), written.value());
    written.headers().forEach(record.headers()::add);

    // Then
    assertThat(new String(written.headers().lastHeader("ce_type").value(), UTF_8))
        .isEqualTo("io.millrace.retrain");
    assertThat(CommandEvents.read(record, MODEL))
        .contains(new Received("17", "retrain", command, ""));
  }

  @Test
  void read_binaryModeWithJson_isTheCommand() {
    Received received =
        read(BINARY, "application/json", "{\"rewindToEarliest\": {}, \"passes\": 2}").orElseThrow();

    assertThat(received.problem()).isEmpty();
    assertThat(received.id()).isEqualTo("17");
    assertThat(received.command().getRetrain().getPasses()).isEqualTo(2);
    assertThat(received.command().getRetrain().hasRewindToEarliest()).isTrue();
  }

  @Test
  void read_binaryModeWithProtobuf_isTheCommand() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "commands", 0, 0, null, Rollback.newBuilder().setVersion(7).build().toByteArray());
    BINARY.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    record.headers().add("ce_type", "io.millrace.rollback".getBytes(UTF_8));
    record.headers().add("content-type", "application/protobuf".getBytes(UTF_8));

    Received received = CommandEvents.read(record, MODEL).orElseThrow();

    assertThat(received.command().getRollback().getVersion()).isEqualTo(7);
  }

  @Test
  void read_structuredMode_isTheCommand() {
    Received received =
        structured(
                """
                {"specversion": "1.0", "id": "18", "source": "/operators/ann",
                 "type": "io.millrace.promote", "subject": "letters",
                 "datacontenttype": "application/json", "data": {"version": 12}}
                """)
            .orElseThrow();

    assertThat(received.problem()).isEmpty();
    assertThat(received.name()).isEqualTo("promote");
    assertThat(received.command().getPromote().getVersion()).isEqualTo(12);
  }

  @Test
  void read_structuredModeWithoutData_isTheCommand() {
    Received received =
        structured(
                """
                {"specversion": "1.0", "id": "19", "source": "/operators/ann",
                 "type": "io.millrace.pause"}
                """)
            .orElseThrow();

    assertThat(received.problem()).isEmpty();
    assertThat(received.command().hasPause()).isTrue();
  }

  @Test
  void read_forAnotherModel_isNothing() {
    Optional<Received> received =
        structured(
            """
            {"specversion": "1.0", "id": "20", "source": "/operators/ann",
             "type": "io.millrace.pause", "subject": "digits"}
            """);

    assertThat(received).isEmpty();
  }

  @Test
  void read_unknownType_saysWhatIsAllowed() {
    Received received =
        structured(
                """
                {"specversion": "1.0", "id": "21", "source": "/operators/ann",
                 "type": "io.millrace.explode"}
                """)
            .orElseThrow();

    assertThat(received.problem())
        .isEqualTo(
            "the type is io.millrace.explode; allowed: io.millrace.retrain, io.millrace.pause,"
                + " io.millrace.resume, io.millrace.promote, io.millrace.rollback");
  }

  @Test
  void read_dataOfAnotherForm_saysSo() {
    Received received = read(BINARY, "application/json", "{\"passez\": 2}").orElseThrow();

    assertThat(received.isReadable()).isFalse();
    assertThat(received.id()).isEqualTo("17");
    assertThat(received.problem()).startsWith("the data is no message of retrain: ");
  }

  @Test
  void read_noCloudEvent_saysSo() {
    Received received = read(Map.of(), "application/json", "{}").orElseThrow();

    assertThat(received.id()).isEmpty();
    assertThat(received.problem()).startsWith("the record is no CloudEvent: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "17",
        "\"text\"",
        "{}",
        "{\"specversion\": 1}",
        "{\"specversion\": \"9.9\", \"id\": \"1\"}",
        "{\"specversion\": \"1.0\", \"id\": null, \"source\": \"/a\", \"type\": \"x\"}",
        "{\"specversion\": \"1.0\", \"id\": [1], \"source\": {}, \"type\": {\"a\": 1}}",
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"%%%\", \"type\": \"x\"}",
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/a\","
            + " \"type\": \"io.millrace.pause\", \"time\": \"yesterday\"}",
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/a\","
            + " \"type\": \"io.millrace.promote\", \"data_base64\": \"%%\"}",
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/a\","
            + " \"type\": \"io.millrace.promote\", \"data\": {\"version\": {}}}",
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/a\","
            + " \"type\": \"io.millrace.promote\", \"data\": [1e999, NaN]}",
      })
  void read_structuredGarbage_isRefusedInWordsForPeople(String json) {
    Received received = structured(json).orElseThrow();

    assertThat(received.isReadable()).isFalse();
    assertThat(received.problem())
        .isNotBlank()
        .doesNotContain("java", "com.google", "com.fasterxml", "io.cloudevents", "Exception", "`");
  }

  @Test
  void read_structuredGarbageWithoutEnd_isRefused() {
    String start = "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/a\", ";
    for (String json :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            start + "\"type\": \"io.millrace.promote\", \"data\": " + "[".repeat(100_000),
            start
                + "\"type\": \"io.millrace.promote\", \"data\": "
                + "[".repeat(900)
                + "]".repeat(900)
                + "}")) {
      Received received = structured(json).orElseThrow();

      assertThat(received.isReadable()).isFalse();
      assertThat(received.problem()).isNotBlank().hasSizeLessThan(1000);
    }
  }

  @Test
  void read_protobufGarbage_isRefusedOrACommand() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("commands", 0, 0, null, bytes);
      BINARY.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
      record.headers().add("content-type", "application/protobuf".getBytes(UTF_8));

      Received received = CommandEvents.read(record, MODEL).orElseThrow();

      assertThat(received.isReadable() || received.problem().startsWith("the data is no message"))
          .as(received.problem())
          .isTrue();
    }
  }

  @Test
  void read_structuredModeCutShort_saysSo() {
    Received received = structured("{\"specversion\": \"1.0\", ").orElseThrow();

    assertThat(received.problem()).startsWith("the record is no CloudEvent: ");
  }

  @Test
  void read_headerWithoutValue_isRefused() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("commands", 0, 0, null, "x".getBytes(UTF_8));
    record.headers().add("ce_id", null);

    Received received = CommandEvents.read(record, MODEL).orElseThrow();

    assertThat(received.isReadable()).isFalse();
    assertThat(received.problem()).isEqualTo("the header ce_id has no value");
  }

  @Test
  void read_whatTheLibraryRefuses_saysWhyOnOneLineWithoutClasses() {
    Map<String, String> type = new HashMap<>(BINARY);
    type.put("ce_type", "io.millrace.none\n2026-01-01 INFO  CommandLog Command done\u2028");

    assertThat(structured("{\"specversion\": \"1.0\"}").orElseThrow().problem())
        .isEqualTo("the record is no CloudEvent: Missing mandatory id attribute");
    assertThat(read(type, "application/json", "").orElseThrow().problem())
        .startsWith("the type is io.millrace.none?2026-01-01 INFO  CommandLog Command done?;");
  }

  @Test
  void read_idAndTypeOfAnyLength_areRefusedInFewWords() {
    Map<String, String> longId = new HashMap<>(BINARY);
    longId.put("ce_id", "7".repeat(300));
    longId.put("ce_type", "io.millrace.pause");
    Map<String, String> longType = new HashMap<>(BINARY);
    longType.put("ce_type", "x".repeat(900_000));

    assertThat(read(longId, "application/json", "").orElseThrow().problem())
        .isEqualTo("the id has 300 characters; allowed: 256");
    assertThat(read(longType, "application/json", "").orElseThrow().problem()).hasSizeLessThan(600);
  }

  @Property
  void read_anything_isACommandOrRefused(
      @ForAll("headers") List<Map.Entry<String, byte[]>> headers, @ForAll("values") byte[] value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("commands", 0, 0, null, value.length == 0 ? null : value);
    headers.forEach(header -> record.headers().add(header.getKey(), header.getValue()));

    Optional<Received> received = CommandEvents.read(record, MODEL);

    received.ifPresent(each -> assertThat(each.problem()).hasSizeLessThan(600));
  }

  @Provide
  static Arbitrary<List<Map.Entry<String, byte[]>>> headers() {
    Arbitrary<String> names =
        Arbitraries.of(
            "ce_id", "ce_type", "ce_specversion", "ce_source", "ce_time", "ce_x", "content-type");
    Arbitrary<byte[]> values =
        Arbitraries.of(
                "1.0",
                "io.millrace.retrain",
                "io.millrace.pause",
                "application/json",
                "application/protobuf",
                "application/cloudevents+json",
                "not a time",
                "\u0000 :",
                "")
            .map(text -> text.getBytes(UTF_8))
            .injectNull(0.1);
    return Combinators.combine(names, values)
        .as((name, value) -> (Map.Entry<String, byte[]>) new SimpleEntry<>(name, value))
        .list()
        .ofMaxSize(9);
  }

  @Provide
  static Arbitrary<byte[]> values() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
        Arbitraries.of("{\"passes\": 1e99}", "{\"data\": [[[", "null", "{}", "[".repeat(50_000))
            .map(text -> text.getBytes(UTF_8)));
  }

  private static Optional<Received> structured(String json) {
    return read(Map.of(), "application/cloudevents+json; charset=UTF-8", json);
  }

  private static Optional<Received> read(
      Map<String, String> headers, String contentType, String value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("commands", 0, 0, null, value.getBytes(UTF_8));
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    record.headers().add("content-type", contentType.getBytes(UTF_8));
    return CommandEvents.read(record, MODEL);
  }
}
