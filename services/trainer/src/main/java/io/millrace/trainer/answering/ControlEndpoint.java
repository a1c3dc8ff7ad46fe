package io.millrace.trainer.answering;

import static io.millrace.proto.control.v1.TrainingControlGrpcService.SERVICE_DESCRIPTOR;
import static io.millrace.proto.control.v1.TrainingControlGrpcService.SERVICE_NAME;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.proto.control.v1.Status;
import io.millrace.proto.control.v1.StatusRequest;
import io.millrace.proto.control.v1.TrainingControlGrpcService;
import io.millrace.trainer.training.TrainerProgress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.StatusException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The service {@code millrace.control.v1.TrainingControl}. Runs on event loops. */
public final class ControlEndpoint {
  private final CommandExecution commands;
  private final Supplier<TrainerProgress> progress;

  /**
   * @param progress the newest progress of training
   */
  public ControlEndpoint(CommandExecution commands, Supplier<TrainerProgress> progress) {
    this.commands = commands;
    this.progress = progress;
  }

  /** Returns the service for one event loop. */
  public Service service(Vertx vertx) {
    return Service.service(SERVICE_NAME, SERVICE_DESCRIPTOR)
        .bind(
            TrainingControlGrpcService.Execute,
            ControlEndpoint.<Command, CommandResult>unary(
                (call, command) ->
                    commands.execute(vertx, command, call.headers(), call.connection())))
        .bind(
            TrainingControlGrpcService.GetStatus,
            ControlEndpoint.<StatusRequest, Status>unary((call, request) -> status(request)))
        .build();
  }

  private Future<Status> status(StatusRequest request) {
    if (!request.getModel().equals(commands.model())) {
      return Future.failedFuture(
          new StatusException(GrpcStatus.NOT_FOUND, commands.otherModel(request.getModel())));
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

  private static <Q, A> Handler<GrpcServerRequest<Q, A>> unary(
      BiFunction<GrpcServerRequest<Q, A>, Q, Future<A>> method) {
    return call ->
        call.handler(
            request ->
                method
                    .apply(call, request)
                    .onComplete(call.response()::end, call.response()::fail));
  }
}
