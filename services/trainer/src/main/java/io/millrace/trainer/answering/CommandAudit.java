package io.millrace.trainer.answering;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.LogText;
import io.millrace.runtime.access.AccessControl;
import io.millrace.runtime.access.Denial;
import io.millrace.trainer.commands.CommandEvents;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each command that comes over gRPC: its caller, its name and its outcome. The rest of its
 * content and tokens are never logged. Safe for any thread.
 */
public final class CommandAudit {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommandAudit.class);

  private final AccessControl access;

  /**
   * @param access identifies the callers
   */
  public CommandAudit(AccessControl access) {
    this.access = access;
  }

  /** Logs a caller that was denied before its request was read. */
  public void denied(HttpServerRequest request, Denial denial) {
    if (TrainerRole.commands(request)) {
      caller(LOGGER.atWarn(), request.headers(), request.connection())
          .addKeyValue(LogKeys.REASON, denial.message())
          .log("Command denied");
    }
  }

  /** Logs the outcome of a command. */
  void answered(GrpcServerRequest<?, ?> call, Command command, AsyncResult<CommandResult> result) {
    boolean isAccepted = result.succeeded() && result.result().getAccepted();
    LoggingEventBuilder line =
        caller(LOGGER.atInfo(), call.headers(), call.connection())
            .addKeyValue(LogKeys.COMMAND, CommandEvents.name(command))
            .addKeyValue(LogKeys.ID, LogText.of(command.getId()));
    if (isAccepted) {
      line.log("Command accepted");
    } else {
      line.addKeyValue(LogKeys.REASON, LogText.of(reason(result))).log("Command refused");
    }
  }

  private static String reason(AsyncResult<CommandResult> result) {
    return result.succeeded()
        ? result.result().getReason()
        : String.valueOf(result.cause().getMessage());
  }

  private LoggingEventBuilder caller(
      LoggingEventBuilder line, MultiMap headers, HttpConnection connection) {
    return line.addKeyValue(LogKeys.CALLER, LogText.of(access.caller(headers, connection)))
        .addKeyValue(LogKeys.ADDRESS, connection.remoteAddress());
  }
}
