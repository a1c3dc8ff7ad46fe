package io.millrace.trainer.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The encodings of an event, named by the header {@code content-type}. Safe for any thread. */
public enum EventFormat {
  /** The message {@code millrace.events.v1.TrainingEvent}. */
  PROTOBUF("application/protobuf") {
    @Override
    byte[] encode(TrainingEvent event) {
      return event.toByteArray();
    }
  },

  /** The same message in its JSON form. */
  JSON("application/json") {
    @Override
    byte[] encode(TrainingEvent event) {
      return json(event).getBytes(UTF_8);
    }
  };

  static final String CONTENT_TYPE = "content-type";

  private final String contentType;

  EventFormat(String contentType) {
    this.contentType = contentType;
  }

  abstract byte[] encode(TrainingEvent event);

  String contentType() {
    return contentType;
  }

  /**
   * Returns the JSON form on one line, with the protobuf field names. Numbers that are not finite
   * are left out: JSON does not have them, and protobuf would write them as strings.
   */
  public static String json(TrainingEvent event) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .print(finite(event));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event has no part without a JSON form", e);
    }
  }

  private static Message finite(Message message) {
    Message.Builder kept = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isMapField()) {
                kept.setField(
                    field, ((List<?>) value).stream().filter(EventFormat::isFinite).toList());
              } else if (value instanceof Double number && !Double.isFinite(number)) {
                kept.clearField(field);
              } else if (value instanceof Message inner) {
                kept.setField(field, finite(inner));
              }
            });
    return kept.build();
  }

  private static boolean isFinite(Object mapEntry) {
    return ((Message) mapEntry)
        .getAllFields().values().stream()
            .allMatch(value -> !(value instanceof Double number) || Double.isFinite(number));
  }

  /** Reads an event in either format; empty if the record is not an event. */
  static Optional<TrainingEvent> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(record.headers().lastHeader(CONTENT_TYPE), record.value()));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return Optional.empty(); // anybody can write records that no library expects
    }
  }

  private static TrainingEvent decode(@Nullable Header type, byte[] value)
      throws InvalidProtocolBufferException {
    if (type == null || !Arrays.equals(type.value(), JSON.contentType.getBytes(UTF_8))) {
      return TrainingEvent.parseFrom(value);
    }
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    JsonFormat.parser().ignoringUnknownFields().merge(new String(value, UTF_8), event);
    return event.build();
  }
}
