package io.millrace.trainer.commands;

import io.millrace.proto.control.v1.Command;

/**
 * What was found on the commands topic: a command, or why it is none.
 *
 * @param id of the CloudEvent; empty where it has none
 * @param name such as {@code retrain}; empty where that is unknown
 * @param command what to do; without a case where it cannot be read
 * @param problem why it cannot be read; empty where it can
 */
public record Received(String id, String name, Command command, String problem) {
  static Received unreadable(String id, String name, String problem) {
    return new Received(id, name, Command.getDefaultInstance(), problem);
  }

  public boolean isReadable() {
    return problem.isEmpty();
  }
}
