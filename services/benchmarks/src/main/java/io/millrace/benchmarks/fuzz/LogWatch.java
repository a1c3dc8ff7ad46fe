package io.millrace.benchmarks.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Captures every warning and error that is logged in this process, whether printed or not. */
final class LogWatch extends AppenderBase<ILoggingEvent> {
  private static final int MOST_SHOWN = 20;
  private static final int MOST_FRAMES = 12;

  private final List<String> shown = new ArrayList<>();
  private int count;

  /** Begins to capture. */
  static LogWatch begin() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LogWatch watch = new LogWatch();
    watch.setContext(context);
    watch.start();
    root.addAppender(watch);
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null && logger.getLevel() != Level.OFF) {
        logger.setLevel(Level.WARN);
      }
    }
    return watch;
  }

  synchronized int count() {
    return count;
  }

  /** Returns the first {@value #MOST_SHOWN} different ones. */
  synchronized List<String> shown() {
    return List.copyOf(shown);
  }

  private static String beginning(IThrowableProxy failure) {
    String where =
        Arrays.stream(failure.getStackTraceElementProxyArray())
            .limit(MOST_FRAMES)
            .map(StackTraceElementProxy::getSTEAsString)
            .collect(Collectors.joining(" "));
    return failure.getClassName() + ": " + failure.getMessage() + " " + where;
  }

  @Override
  protected synchronized void append(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      return;
    }
    count++;
    String cause = event.getThrowableProxy() == null ? "" : beginning(event.getThrowableProxy());
    String line =
        "%s %s: %s %s"
            .formatted(event.getLevel(), event.getLoggerName(), event.getFormattedMessage(), cause);
    if (shown.size() < MOST_SHOWN && !shown.contains(line)) {
      shown.add(line);
    }
  }
}
