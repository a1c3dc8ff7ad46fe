package io.millrace.trainer.page;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.runtime.http.BodyReader;
import io.millrace.runtime.http.HttpProblem;
import io.millrace.trainer.answering.CommandExecution;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/commands}: the page's commands, which take the same way as those over gRPC.
 * Who may send them is decided before. Only JSON is taken, which no form of another site can send.
 * Runs on event loops.
 */
public final class CommandRoute {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommandRoute.class);
  private static final int MOST_BYTES = 4096;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  private final CommandExecution commands;
  private final BodyReader bodies;

  /**
   * @param failures receives unforeseen failures
   */
  public CommandRoute(CommandExecution commands, Consumer<Throwable> failures) {
    this.commands = commands;
    this.bodies = new BodyReader(MOST_BYTES, "the most that a command needs", failures);
  }

  /** Adds the route. */
  public void mountOn(Router router) {
    router.post("/api/v1/commands").handler(this::take);
  }

  private void take(RoutingContext call) {
    HttpServerRequest request = call.request();
    if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      new HttpProblem(
              HttpProblem.UNSUPPORTED_MEDIA_TYPE,
              "a command comes as application/json: " + CommandJson.EXPECTED)
          .answer(request.response());
      return;
    }
    bodies.read(
        request, body -> execute(call, body), problem -> problem.answer(request.response()));
  }

  private static boolean isJson(@Nullable String type) {
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private void execute(RoutingContext call, byte[] body) {
    HttpServerRequest request = call.request();
    Command command;
    try {
      command = CommandJson.read(body, commands.model());
    } catch (CommandJson.UnreadableException e) {
      new HttpProblem(HttpProblem.BAD_REQUEST, String.valueOf(e.getMessage()))
          .answer(request.response());
      return;
    }
    commands
        .execute(call.vertx(), command, request.headers(), request.connection())
        .onSuccess(result -> answer(call.response(), result))
        .onFailure(failure -> refuse(call, failure));
  }

  private static void answer(HttpServerResponse response, CommandResult result) {
    JsonObject answer = new JsonObject().put("accepted", result.getAccepted());
    if (!result.getAccepted()) {
      answer.put("reason", result.getReason());
    }
    response
        .setStatusCode(result.getAccepted() ? 200 : CONFLICT)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(answer.toBuffer())
        .onFailure(failure -> LOGGER.debug("The caller left before the answer was sent", failure));
  }

  private static void refuse(RoutingContext call, Throwable failure) {
    if (failure instanceof StatusException refusal) {
      new HttpProblem(status(refusal.status()), String.valueOf(refusal.message()))
          .answer(call.response());
    } else {
      call.fail(failure);
    }
  }

  private static int status(GrpcStatus status) {
    return switch (status) {
      case INVALID_ARGUMENT -> HttpProblem.BAD_REQUEST;
      case DEADLINE_EXCEEDED -> GATEWAY_TIMEOUT;
      default -> UNAVAILABLE;
    };
  }
}
