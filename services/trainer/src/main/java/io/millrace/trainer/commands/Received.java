package io.millrace.trainer.commands;

import io.millrace.proto.control.v1.Command;
import java.util.regex.Pattern;

/**
 * What was found on the commands topic: a command, or why it is none.
 *
 * @param id of the CloudEvent; empty where it has none
 * @param name such as {@code retrain}; empty where that is unknown
 * @param command what to do; without a case where it cannot be read
 * @param problem why it cannot be read; empty where it can
 */
public record Received(String id, String name, Command command, String problem) {
  private static final int LONGEST_PROBLEM = 500;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

  /**
   * A problem is told in an event, which is to fit on its topic whatever the record was, and in the
   * log, where nobody writes lines of his own.
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
