package io.millrace.runtime.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits repeated warnings of a logger. The first one passes at once; later ones become one line
 * per minute with their number and the last message. Otherwise a client that repeats itself many
 * times a second while a broker is away would hide everything else. Errors are limited like
 * warnings; lower levels pass. Named in {@code logback.xml}. Safe for any thread.
 */
public final class RepeatedWarnings extends AppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {
  private static final int MINUTE_SECONDS = 60;

  private final Map<Source, Repetitions> repetitions = new HashMap<>();
  private final AppenderAttachableImpl<ILoggingEvent> targets = new AppenderAttachableImpl<>();
  private @Nullable ScheduledFuture<?> telling;

  /** The source of warnings. Loggers are named after classes, so there are not many. */
  private record Source(String logger, Level level) {}

  /** The warnings since the last line, and the message of the last one. */
  private record Repetitions(int times, String last) {
    static final Repetitions NONE = new Repetitions(0, "");

    Repetitions plus(ILoggingEvent event) {
      return new Repetitions(times + 1, event.getFormattedMessage());
    }
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    targets.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return targets.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return targets.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return targets.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    targets.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return targets.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return targets.detachAppender(name);
  }

  @Override
  public void start() {
    telling =
        getContext()
            .getScheduledExecutorService()
            .scheduleAtFixedRate(this::tell, MINUTE_SECONDS, MINUTE_SECONDS, TimeUnit.SECONDS);
    super.start();
  }

  @Override
  public void stop() {
    super.stop();
    if (telling != null) {
      telling.cancel(false);
      tell();
    }
  }

  @Override
  protected synchronized void append(ILoggingEvent event) {
    Source source = new Source(event.getLoggerName(), event.getLevel());
    Repetitions before = repetitions.get(source);
    if (before == null || !event.getLevel().isGreaterOrEqual(Level.WARN)) {
      pass(event);
    }
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      repetitions.put(source, before == null ? Repetitions.NONE : before.plus(event));
    }
  }

  /** Ends a minute: logs the sources that repeated themselves, and forgets the others. */
  synchronized void tell() {
    repetitions.values().removeIf(repeated -> repeated.times() == 0);
    repetitions.forEach(this::tell);
    repetitions.replaceAll((source, repeated) -> Repetitions.NONE);
  }

  private void tell(Source source, Repetitions repeated) {
    Logger logger = ((LoggerContext) getContext()).getLogger(source.logger());
    Object[] arguments = {repeated.times(), repeated.last()};
    pass(
        new LoggingEvent(
            RepeatedWarnings.class.getName(),
            logger,
            source.level(),
            "{} more in the last minute; the last one: {}",
            null,
            arguments));
  }

  private void pass(ILoggingEvent event) {
    targets.appendLoopOnAppenders(event);
  }
}
