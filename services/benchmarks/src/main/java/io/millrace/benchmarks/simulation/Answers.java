package io.millrace.benchmarks.simulation;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.events.v1.CommandDone;
import io.millrace.proto.events.v1.CommandRefused;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that commands are answered in order and correctly, and that each id is executed once. */
final class Answers {
  private final CommandsTopic commands;
  private final String model;
  private final Rules rules;
  private final Map<String, String> reasons = new HashMap<>();
  private long next;
  private long done;
  private long refused;
  private long repeated;

  Answers(CommandsTopic commands, String model, Rules rules) {
    this.commands = commands;
    this.model = model;
    this.rules = rules;
  }

  /**
   * Checks an answer.
   *
   * @return the command that was executed; without a case if none was
   */
  Command take(TrainingEvent event, List<Long> kept, Course course) {
    SentCommand sent = unanswered();
    String id = event.hasCommandDone() ? event.getCommandDone().getId() : refusal(event).getId();
    Invariant.EVERY_COMMAND_DONE_ONCE.require(
        id.equals(sent.id()), "%s is answered where it is the turn of %s", id, sent);
    String known = reasons.get(id);
    String reason = event.hasCommandDone() ? "" : refusal(event).getReason();
    if (known != null) {
      requireSame(sent, event, known, reason);
      repeated++;
      return Command.getDefaultInstance();
    }
    requireRight(sent, event, kept, course);
    reasons.put(id, reason);
    if (!event.hasCommandDone()) {
      refused++;
      return Command.getDefaultInstance();
    }
    done++;
    rules.done(sent.command());
    return sent.command();
  }

  /** Returns whether every command for the model has been answered. */
  boolean areComplete() {
    skipOthers();
    return next == commands.end(0);
  }

  long done() {
    return done;
  }

  long refused() {
    return refused;
  }

  long repeated() {
    return repeated;
  }

  private SentCommand unanswered() {
    Invariant.EVERY_COMMAND_DONE_ONCE.require(!areComplete(), "an answer that nobody waits for");
    return commands.get(next++);
  }

  private void skipOthers() {
    while (next < commands.end(0) && !commands.get(next).isFor(model)) {
      next++;
    }
  }

  private static void requireSame(
      SentCommand sent, TrainingEvent event, String known, String reason) {
    CommandDone answer = event.getCommandDone();
    Invariant.EVERY_COMMAND_DONE_ONCE.require(
        reason.equals(known) && event.hasCommandDone() == answer.getRepeated(),
        "%s, sent again, is answered with %s, where it was '%s'",
        sent,
        event,
        known);
  }

  private void requireRight(SentCommand sent, TrainingEvent event, List<Long> kept, Course course) {
    Invariant.EVERY_COMMAND_DONE_ONCE.require(
        !event.getCommandDone().getRepeated(), "%s is new and called a repetition", sent);
    boolean mayBeEither =
        sent.command().hasRollback() && sent.command().getRollback().getVersion() == 0;
    Invariant.EVERY_COMMAND_DONE_ONCE.require(
        mayBeEither || event.hasCommandRefused() == rules.refuses(sent, kept, course),
        "%s is answered with %s",
        sent,
        event);
  }

  private static CommandRefused refusal(TrainingEvent event) {
    return event.getCommandRefused();
  }
}
