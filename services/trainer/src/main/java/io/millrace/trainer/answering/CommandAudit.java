package io.millrace.trainer.answering;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.CommandResult;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.LogText;
import io.millrace.runtime.management.ManagementAccess;
import io.millrace.trainer.commands.CommandEvents;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each command that comes over the management port: its caller, its name and its outcome. The
 * rest of its content and tokens are never logged. Safe for any thread.
 */
public final class CommandAudit {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommandAudit.class);

  private final ManagementAccess access;

  /**
   * @param access identifies the callers
   */
  public CommandAudit(ManagementAccess access) {
    this.access = access;
  }

  /** Logs the outcome of a command. */
  void answered(
      MultiMap headers, HttpConnection caller, Command command, AsyncResult<CommandResult> result) {
    boolean isAccepted = result.succeeded() && result.result().getAccepted();
    LoggingEventBuilder line =
        access
            .by(LOGGER.atInfo(), headers, caller)
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
}
