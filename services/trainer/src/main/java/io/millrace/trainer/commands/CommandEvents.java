package io.millrace.trainer.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.millrace.proto.control.v1.Command;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Encodes commands as CloudEvents 1.0 over Kafka, and decodes them from binary mode (attributes in
 * {@code ce_...} headers) or structured mode (all in the value). The type is {@code io.millrace.}
 * followed by the command's name. The subject is the model; without a subject, the command is for
 * the model whose topic it is on. The data is the message of {@code millrace.control.v1}, in JSON
 * unless the content type is {@code application/protobuf}. Safe for any thread.
 */
public final class CommandEvents {
  private static final String TYPE_PREFIX = "io.millrace.";
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/protobuf";

  /** In characters. The limit exists because ids are repeated in events and kept in checkpoints. */
  public static final int LONGEST_ID = 256;

  /** The names of all commands. */
  public static final List<String> NAMES =
      List.of("retrain", "pause", "resume", "promote", "rollback");

  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b([a-z]\\w*\\.){2,}[A-Z]\\w*(: )?|`.*");

  private CommandEvents() {}

  /** Returns the name of a command, such as {@code retrain}; empty if none is set. */
  public static String name(Command command) {
    return command.getCommandCase() == Command.CommandCase.COMMAND_NOT_SET
        ? ""
        : command.getCommandCase().name().toLowerCase(Locale.ROOT);
  }

  /** Returns the record of a command, in binary mode. */
  static ProducerRecord<byte[], byte[]> record(
      String topic, Command command, URI source, OffsetDateTime time) {
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId(command.getId())
            .withSource(source)
            .withType(TYPE_PREFIX + name(command))
            .withSubject(command.getModel())
            .withTime(time)
            .withData(JSON, json(data(command)))
            .build();
    byte[] key = command.getModel().getBytes(UTF_8);
    return KafkaMessageFactory.createWriter(topic, null, null, key).writeBinary(event);
  }

  /**
   * Reads a record of the commands topic; empty if it is for another model. Any other record is a
   * command, or is {@linkplain Received#isReadable refused} with a reason.
   */
  static Optional<Received> read(ConsumerRecord<byte[], byte[]> record, String model) {
    Optional<Header> empty = emptyHeader(record);
    if (empty.isPresent()) {
      return Optional.of(
          Received.unreadable("", "", "the header " + empty.get().key() + " has no value"));
    }
    try {
      CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
      String subject = event.getSubject();
      return subject == null || subject.equals(model)
          ? Optional.of(received(event, model))
          : Optional.empty();
    } catch (RuntimeException e) { // anybody can write records that the library does not expect
      return Optional.of(Received.unreadable("", "", "the record is no CloudEvent: " + words(e)));
    }
  }

  /** Returns a CloudEvents header without a value, which the library does not expect. */
  private static Optional<Header> emptyHeader(ConsumerRecord<byte[], byte[]> record) {
    return Stream.of(record.headers().toArray())
        .filter(header -> header.value() == null)
        .filter(header -> header.key().startsWith("ce_") || header.key().equals("content-type"))
        .findFirst();
  }

  private static Received received(CloudEvent event, String model) {
    if (event.getId().length() > LONGEST_ID) {
      return Received.unreadable(
          "",
          "",
          "the id has %d characters; allowed: %d".formatted(event.getId().length(), LONGEST_ID));
    }
    String type = event.getType();
    String name = type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : "";
    if (!NAMES.contains(name)) {
      String problem = "the type is %s; allowed: %s".formatted(type, types());
      return Received.unreadable(event.getId(), "", problem);
    }
    Command.Builder command = Command.newBuilder().setId(event.getId()).setModel(model);
    try {
      merge(event.getData(), event.getDataContentType(), builder(command, name));
      return new Received(event.getId(), name, command.build(), "");
    } catch (InvalidProtocolBufferException e) {
      return Received.unreadable(
          event.getId(),
          name,
          "the data is no message of %s: %s"
              .formatted(name, e.getCause() == null ? words(e) : "it is no JSON"));
    }
  }

  private static void merge(
      @Nullable CloudEventData data, @Nullable String contentType, Message.Builder target)
      throws InvalidProtocolBufferException {
    if (data == null || data.toBytes().length == 0) {
      return;
    }
    if (PROTOBUF.equals(contentType)) {
      target.mergeFrom(data.toBytes());
    } else {
      JsonFormat.parser().merge(new String(data.toBytes(), UTF_8), target);
    }
  }

  private static Message.Builder builder(Command.Builder command, String name) {
    return switch (name) {
      case "retrain" -> command.getRetrainBuilder();
      case "pause" -> command.getPauseBuilder();
      case "resume" -> command.getResumeBuilder();
      case "promote" -> command.getPromoteBuilder();
      case "rollback" -> command.getRollbackBuilder();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Message data(Command command) {
    return switch (command.getCommandCase()) {
      case RETRAIN -> command.getRetrain();
      case PAUSE -> command.getPause();
      case RESUME -> command.getResume();
      case PROMOTE -> command.getPromote();
      case ROLLBACK -> command.getRollback();
      case COMMAND_NOT_SET -> throw new IllegalArgumentException("no command");
    };
  }

  private static byte[] json(Message message) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .print(message)
          .getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a command has no part without a JSON form", e);
    }
  }

  /**
   * Returns the beginning of a library's message, without class names and details for programmers.
   */
  private static String words(Exception problem) {
    Throwable source = problem.getCause() == null ? problem : problem.getCause();
    String first = String.valueOf(source.getMessage()).lines().findFirst().orElse("");
    String words = CLASS_NAME.matcher(first).replaceAll("").strip();
    return words.length() <= LONGEST_ID ? words : words.substring(0, LONGEST_ID) + "...";
  }

  private static String types() {
    return TYPE_PREFIX + String.join(", " + TYPE_PREFIX, NAMES);
  }
}
