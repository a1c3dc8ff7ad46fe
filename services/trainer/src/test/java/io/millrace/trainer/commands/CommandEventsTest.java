package io.millrace.trainer.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.control.v1.Rollback;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

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

  @Test
  void read_structuredModeCutShort_saysSo() {
    Received received = structured("{\"specversion\": \"1.0\", ").orElseThrow();

    assertThat(received.problem()).startsWith("the record is no CloudEvent: ");
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
