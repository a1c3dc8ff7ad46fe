package io.millrace.trainer.answering;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.trainer.commands.CommandEvents;
import io.millrace.trainer.commands.CommandSender;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands that callers of the management port send. A command goes through the
 * commands topic, like any other, and is answered once its event has become visible. So it is
 * executed once even if the trainer crashes in between. A caller without an answer sends it again
 * with the same id. Each command is logged with its caller and its outcome. Runs on event loops.
 */
public final class CommandExecution {
  private static final long PATIENCE_SECONDS = 60;

  private final String model;
  private final Supplier<@Nullable CommandSender> sender;
  private final CommandAnswers answers;
  private final CommandAudit audit;

  /**
   * @param sender null until the sender exists
   * @param audit logs commands
   */
  public CommandExecution(
      String model,
      Supplier<@Nullable CommandSender> sender,
      CommandAnswers answers,
      CommandAudit audit) {
    this.model = model;
    this.sender = sender;
    this.answers = answers;
    this.audit = audit;
  }

  /** Returns the model that commands are for. */
  public String model() {
    return model;
  }

  /**
   * Executes a command.
   *
   * @return the trainer's answer; fails with a {@link StatusException} if there is none
   */
  public Future<CommandResult> execute(
      Vertx vertx, Command command, MultiMap headers, HttpConnection caller) {
    return execute(vertx, command)
        .onComplete(result -> audit.answered(headers, caller, command, result));
  }

  private Future<CommandResult> execute(Vertx vertx, Command command) {
    String problem = problem(command);
    CommandSender open = sender.get();
    if (!problem.isEmpty()) {
      return failed(GrpcStatus.INVALID_ARGUMENT, problem);
    }
    if (open == null) {
      return failed(GrpcStatus.UNAVAILABLE, "the trainer has not started yet");
    }
    CompletableFuture<CommandResult> answer = answers.of(command.getId(), PATIENCE_SECONDS);
    return vertx
        .executeBlocking(
            () -> {
              open.send(command);
              return command;
            })
        .compose(sent -> Future.fromCompletionStage(answer, vertx.getOrCreateContext()))
        .recover(failure -> failed(status(failure), reason(failure)));
  }

  private String problem(Command command) {
    if (command.getId().isEmpty()) {
      return "id is empty; allowed: a text that no other command has";
    }
    if (command.getId().length() > CommandEvents.LONGEST_ID) {
      return "id has %d characters; allowed: at most %d"
          .formatted(command.getId().length(), CommandEvents.LONGEST_ID);
    }
    if (!command.getModel().equals(model)) {
      return otherModel(command.getModel());
    }
    return CommandEvents.name(command).isEmpty()
        ? "command is not set; allowed: " + String.join(", ", CommandEvents.NAMES)
        : "";
  }

  /** Returns the sentence for a caller that asks for another model. */
  String otherModel(String asked) {
    return "model is %s; this trainer's is %s".formatted(asked, model);
  }

  private static GrpcStatus status(Throwable failure) {
    return failure instanceof TimeoutException
        ? GrpcStatus.DEADLINE_EXCEEDED
        : GrpcStatus.UNAVAILABLE;
  }

  private static String reason(Throwable failure) {
    return failure instanceof TimeoutException
        ? "no answer in %d s; the command stays on its topic".formatted(PATIENCE_SECONDS)
        : String.valueOf(failure.getMessage());
  }

  private static <A> Future<A> failed(GrpcStatus status, String message) {
    return Future.failedFuture(new StatusException(status, message));
  }
}
