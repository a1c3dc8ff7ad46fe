package io.millrace.runtime.management;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log levels of this process, which a person may change while it runs. A logger is a class or a
 * package; {@value #ROOT} stands for all that have no level of their own. Safe for any thread.
 */
final class LogLevels {
  static final String ROOT = Logger.ROOT_LOGGER_NAME;

  /** The levels, from the most lines to none. */
  static final List<String> NAMES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  /** The levels at the start of those loggers that were changed. */
  private final Map<String, Optional<Level>> atStart = new HashMap<>();

  /** Returns the level of each logger that has one of its own. */
  Map<String, String> ofEach() {
    Map<String, String> levels = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(logger.getName(), logger.getLevel().levelStr);
      }
    }
    return levels;
  }

  /** Returns whether there is a logger of that name. */
  boolean has(String name) {
    return context.exists(name) != null;
  }

  /** Returns the level of a name, in any case; null if there is none. */
  static @Nullable Level level(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return NAMES.contains(upper) ? Level.toLevel(upper) : null;
  }

  /** Changes the level of a logger, and of all below it that have none of their own. */
  synchronized void set(String name, Level level) {
    Logger logger = context.getLogger(name);
    atStart.putIfAbsent(name, Optional.ofNullable(logger.getLevel()));
    logger.setLevel(level);
  }

  /** Gives a logger the level that it had at the start. Returns the level that it has now. */
  synchronized String reset(String name) {
    Logger logger = context.getLogger(name);
    Optional<Level> before = atStart.remove(name);
    if (before != null) {
      logger.setLevel(before.orElse(null)); // null is the level of the package around it
    }
    return logger.getEffectiveLevel().levelStr;
  }
}
