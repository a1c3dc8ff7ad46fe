package io.millrace.trainer.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.millrace.proto.events.v1.TrainingEvent;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** How an event is written; the header {@code content-type} says it. Safe for any thread. */
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

  /** Returns the JSON form on one line, with the names of the message's fields. */
  public static String json(TrainingEvent event) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .print(event);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event has no part without a JSON form", e);
    }
  }

  /**
   * Reads an event in either format.
   *
   * @throws InvalidProtocolBufferException where it is none
   */
  static TrainingEvent decode(Headers headers, byte[] value) throws InvalidProtocolBufferException {
    Header type = headers.lastHeader(CONTENT_TYPE);
    if (type == null || !new String(type.value(), UTF_8).equals(JSON.contentType)) {
      return TrainingEvent.parseFrom(value);
    }
    TrainingEvent.Builder event = TrainingEvent.newBuilder();
    JsonFormat.parser().ignoringUnknownFields().merge(new String(value, UTF_8), event);
    return event.build();
  }
}
