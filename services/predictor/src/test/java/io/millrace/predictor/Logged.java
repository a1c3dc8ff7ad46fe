package io.millrace.predictor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Captures the warnings and errors of the loggers under a name until it is closed. */
public final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final @Nullable Level levelBefore;

  /**
   * @param name of a package or a class
   */
  public Logged(String name) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    logger = context.getLogger(name);
    levelBefore = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.setAdditive(false); // expected warnings are not printed
    setContext(context);
    start();
    logger.addAppender(this);
  }

  /** Returns level, message and key-value pairs of each event. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN) && !isOfSlowness(event)) {
      List<?> pairs = event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs();
      lines.add(event.getLevel() + " " + event.getFormattedMessage() + " " + pairs);
    }
  }

  /** A thread that was not scheduled for seconds only tells about the machine. */
  private static boolean isOfSlowness(ILoggingEvent event) {
    return event.getLoggerName().endsWith(".BlockedThreadChecker");
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(levelBefore);
    logger.setAdditive(true);
  }
}
