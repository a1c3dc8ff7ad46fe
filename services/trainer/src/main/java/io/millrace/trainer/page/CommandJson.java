package io.millrace.trainer.page;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.proto.control.v1.Promote;
import io.millrace.proto.control.v1.Resume;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.control.v1.Rollback;
import io.millrace.trainer.commands.CommandEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Reads a command: {@code command}, which names it; {@code version}, for those that choose one; and
 * {@code id}, under which it is carried out once. Without an id, it gets one of its own.
 */
final class CommandJson {
  static final String EXPECTED =
      "{\"command\": C}, where C is one of " + String.join(", ", CommandEvents.NAMES);

  private static final Set<String> FIELDS = Set.of("command", "version", "id");
  private static final Set<String> WITH_VERSION = Set.of("promote", "rollback");

  private CommandJson() {}

  /** The body is no command; the message says why, for its sender. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** Reads the body of a request. */
  static Command read(byte[] body, String model) throws UnreadableException {
    JsonObject json = json(body);
    Set<String> unknown = new TreeSet<>(json.fieldNames());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new UnreadableException(
          "the body has a field that is not known; allowed: command, version, id");
    }
    Command.Builder command = Command.newBuilder().setModel(model).setId(id(json));
    String name = json.getValue("command") instanceof String text ? text : "";
    long version = version(json, name);
    switch (name) {
      case "retrain" -> command.setRetrain(Retrain.getDefaultInstance());
      case "pause" -> command.setPause(Pause.getDefaultInstance());
      case "resume" -> command.setResume(Resume.getDefaultInstance());
      case "promote" -> command.setPromote(Promote.newBuilder().setVersion(version));
      case "rollback" -> command.setRollback(Rollback.newBuilder().setVersion(version));
      default ->
          throw new UnreadableException(
              "command is not one of the allowed: " + String.join(", ", CommandEvents.NAMES));
    }
    return command.build();
  }

  private static JsonObject json(byte[] body) throws UnreadableException {
    try {
      return new JsonObject(Buffer.buffer(body));
    } catch (DecodeException e) {
      throw new UnreadableException("the body is no JSON object; allowed: " + EXPECTED);
    }
  }

  private static String id(JsonObject json) throws UnreadableException {
    Object id = json.getValue("id");
    if (id == null) {
      return UUID.randomUUID().toString();
    }
    if (id instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new UnreadableException(
        "id is no text, or an empty one; allowed: a text that no other command has, or none");
  }

  /** Returns the version; 0 if there is none. */
  private static long version(JsonObject json, String name) throws UnreadableException {
    Object version = json.getValue("version");
    if (version == null) {
      return 0;
    }
    if (!WITH_VERSION.contains(name)) {
      throw new UnreadableException("version is given; allowed: only with promote and rollback");
    }
    if (version instanceof Integer || version instanceof Long) {
      long number = ((Number) version).longValue();
      if (number > 0) {
        return number;
      }
    }
    throw new UnreadableException(
        "version is no whole number above 0; allowed: 1 or more, or none");
  }
}
