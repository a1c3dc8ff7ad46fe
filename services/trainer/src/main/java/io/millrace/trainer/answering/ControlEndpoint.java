package io.millrace.trainer.answering;

import static io.millrace.proto.control.v1.TrainingControlGrpcService.SERVICE_DESCRIPTOR;
import static io.millrace.proto.control.v1.TrainingControlGrpcService.SERVICE_NAME;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.proto.control.v1.Status;
import io.millrace.proto.control.v1.StatusRequest;
import io.millrace.proto.control.v1.TrainingControlGrpcService;
import io.millrace.trainer.commands.CommandEvents;
import io.millrace.trainer.commands.CommandSender;
import io.millrace.trainer.training.TrainerProgress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.StatusException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The service {@code millrace.control.v1.TrainingControl}. A command goes through the commands
 * topic, like any other, and is answered once its event has become visible. So it is executed once
 * even if the trainer crashes in between. A caller without an answer sends it again with the same
 * id.
 *
 * <p>Runs on event loops.
 */
public final class ControlEndpoint {
  private static final long PATIENCE_SECONDS = 60;

  private final String model;
  private final Supplier<@Nullable CommandSender> sender;
  private final CommandAnswers answers;
  private final Supplier<TrainerProgress> progress;
  private final CommandAudit audit;

  /**
   * @param sender null until the sender exists
   * @param progress the newest progress of training
   * @param audit logs commands
   */
  public ControlEndpoint(
      String model,
      Supplier<@Nullable CommandSender> sender,
      CommandAnswers answers,
      Supplier<TrainerProgress> progress,
      CommandAudit audit) {
    this.model = model;
    this.sender = sender;
    this.answers = answers;
    this.progress = progress;
    this.audit = audit;
  }

  /** Returns the service for one event loop. */
  public Service service(Vertx vertx) {
    return Service.service(SERVICE_NAME, SERVICE_DESCRIPTOR)
        .bind(
            TrainingControlGrpcService.Execute,
            ControlEndpoint.<Command, CommandResult>unary(
                (call, command) ->
                    execute(vertx, command)
                        .onComplete(result -> audit.answered(call, command, result))))
        .bind(
            TrainingControlGrpcService.GetStatus,
            ControlEndpoint.<StatusRequest, Status>unary((call, request) -> status(request)))
        .build();
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

  private Future<Status> status(StatusRequest request) {
    if (!request.getModel().equals(model)) {
      return failed(GrpcStatus.NOT_FOUND, otherModel(request.getModel()));
    }
    TrainerProgress now = progress.get();
    return Future.succeededFuture(
        Status.newBuilder()
            .setPhase(now.learning().phase().name())
            .setRound(now.learning().round())
            .setLatest(now.version())
            .setChampion(now.control().champion())
            .setPaused(now.control().paused())
            .setServing(now.control().serving().name())
            .setRewinding(now.control().rewinding())
            .build());
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

  private String otherModel(String asked) {
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

  private static <Q, A> Handler<GrpcServerRequest<Q, A>> unary(
      BiFunction<GrpcServerRequest<Q, A>, Q, Future<A>> method) {
    return call ->
        call.handler(
            request ->
                method
                    .apply(call, request)
                    .onComplete(call.response()::end, call.response()::fail));
  }

  private static <A> Future<A> failed(GrpcStatus status, String message) {
    return Future.failedFuture(new StatusException(status, message));
  }
}
