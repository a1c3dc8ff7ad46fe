package io.millrace.streams;

import io.millrace.runtime.LogKeys;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how to handle a failure of a Kafka Streams thread. If a broker refused a record or is
 * temporarily unable to answer, only the open transaction is lost: another thread continues from
 * the last commit and avoids what was refused. A permanent failure, or too many failures in a row,
 * is a failure of the service. Safe for any thread.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(ThreadFailures.class);
  private static final int MOST_IN_A_ROW = 10;
  private static final Duration ROW_ENDS_AFTER = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Runnable beforeNext;
  private final Consumer<Throwable> onFailure;
  private int inARow;
  private long lastNanos;

  /**
   * @param beforeNext runs before another thread starts
   * @param onFailure takes a failure that ends the service
   */
  ThreadFailures(Runnable beforeNext, Consumer<Throwable> onFailure) {
    this.beforeNext = beforeNext;
    this.onFailure = onFailure;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    countInARow();
    if (!mayPass(failure) || inARow > MOST_IN_A_ROW) {
      onFailure.accept(failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.REASON, firstReason(failure))
        .log("Going back to the last commit; attempt {} of {}", inARow, MOST_IN_A_ROW);
    LockSupport.parkNanos(this, pause().toNanos());
    beforeNext.run();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private void countInARow() {
    long now = System.nanoTime();
    inARow = now - lastNanos > ROW_ENDS_AFTER.toNanos() ? 1 : inARow + 1;
    lastNanos = now;
  }

  private Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (inARow - 1));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** A thread may report only the state of its producer, with the refusal as the cause. */
  private static boolean mayPass(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof ApiException && !isSettled(cause));
  }

  private static boolean isSettled(Throwable cause) {
    return cause instanceof AuthorizationException
        || cause instanceof AuthenticationException
        || cause instanceof InvalidTopicException
        || cause instanceof UnsupportedVersionException;
  }

  private static String firstReason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason.getClass().getSimpleName() + ": " + reason.getMessage();
  }
}
