package io.millrace.trainer.control;

import io.millrace.runtime.LogKeys;
import io.millrace.runtime.LogText;
import io.millrace.trainer.commands.Received;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs each command that came through the topic, with its outcome. */
final class CommandLog {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommandLog.class);

  private CommandLog() {}

  /**
   * @param reason why it was refused; empty if it was done. An unreadable command may contain
   *     anything, so its content is not logged.
   */
  static void answered(Received received, String reason) {
    LoggingEventBuilder line =
        LOGGER
            .atInfo()
            .addKeyValue(LogKeys.COMMAND, received.name())
            .addKeyValue(LogKeys.ID, LogText.of(received.id()));
    if (reason.isEmpty()) {
      line.log("Command done");
    } else {
      String told = received.isReadable() ? LogText.of(reason) : "it cannot be read";
      line.addKeyValue(LogKeys.REASON, told).log("Command refused");
    }
  }
}
