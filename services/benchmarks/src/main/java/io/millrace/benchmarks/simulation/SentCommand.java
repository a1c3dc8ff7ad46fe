package io.millrace.benchmarks.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import io.millrace.proto.control.v1.Command;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A command on its topic.
 *
 * @param command the command with its id and model; without a case if it is unreadable
 * @param isStructured whether it is sent in CloudEvents' structured mode instead of binary mode
 */
record SentCommand(Command command, boolean isStructured) {
  private static final String PROTOBUF = "application/protobuf";

  String id() {
    return command.getId();
  }

  boolean isReadable() {
    return command.getCommandCase() != Command.CommandCase.COMMAND_NOT_SET;
  }

  boolean isFor(String model) {
    return command.getModel().equals(model);
  }

  /** Returns the record at an offset of the topic. */
  ConsumerRecord<byte[], byte[]> record(String topic, long offset) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value;
    if (isStructured) {
      headers.add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes(UTF_8));
      value = structured().getBytes(UTF_8);
    } else {
      headers.add("content-type", PROTOBUF.getBytes(UTF_8));
      attributes().forEach((key, text) -> headers.add("ce_" + key, text.getBytes(UTF_8)));
      value = data();
    }
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        null,
        value,
        headers,
        Optional.empty());
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", command.getId());
    attributes.put("source", "urn:millrace:simulation");
    attributes.put(
        "type", "io.millrace." + command.getCommandCase().name().toLowerCase(Locale.ROOT));
    attributes.put("subject", command.getModel());
    return attributes;
  }

  private String structured() {
    StringBuilder json = new StringBuilder("{");
    attributes().forEach((key, text) -> json.append("\"%s\": \"%s\", ".formatted(key, text)));
    return json.append("\"datacontenttype\": \"%s\", ".formatted(PROTOBUF))
        .append("\"data_base64\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(data())))
        .toString();
  }

  private byte[] data() {
    Message data =
        switch (command.getCommandCase()) {
          case RETRAIN -> command.getRetrain();
          case PAUSE -> command.getPause();
          case RESUME -> command.getResume();
          case PROMOTE -> command.getPromote();
          case ROLLBACK -> command.getRollback();
          case COMMAND_NOT_SET -> Command.getDefaultInstance();
        };
    return data.toByteArray();
  }
}
