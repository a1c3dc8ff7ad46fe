package io.millrace.trainer.commands;

import io.millrace.proto.control.v1.Command;
import java.util.regex.Pattern;

/**
 * A record of the commands topic: a command, or why it is not one.
 *
 * @param id the id of the CloudEvent; empty if it has none
 * @param name such as {@code retrain}; empty if it is unknown
 * @param command the command; without a case if it cannot be read
 * @param problem why it cannot be read; empty if it can
 */
public record Received(String id, String name, Command command, String problem) {
  private static final int LONGEST_PROBLEM = 500;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

  /**
   * Limits the length of the problem, because it becomes part of an event that must fit on its
   * topic. Replaces control characters, so that no record can forge lines of the log.
   */
  static Received unreadable(String id, String name, String problem) {
    String told =
        problem.length() <= LONGEST_PROBLEM
            ? problem
            : problem.substring(0, LONGEST_PROBLEM) + "...";
    String line = CONTROLS.matcher(told).replaceAll("?");
    return new Received(id, name, Command.getDefaultInstance(), line);
  }

  public boolean isReadable() {
    return problem.isEmpty();
  }
}
