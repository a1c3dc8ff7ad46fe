package io.millrace.runtime.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unforeseen failures of single requests, after which the thread goes on. All are counted. Only the
 * first of a kind is logged with its stack trace, so a caller that repeats one does not fill the
 * log. Safe for any thread.
 */
public final class UnforeseenFailures {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnforeseenFailures.class);
  private static final int MOST_KINDS = 100;

  private final Counter count;

  /** The class and place of the logged failures. */
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  public UnforeseenFailures(MeterRegistry registry) {
    count =
        Counter.builder("millrace.requests.failed")
            .description("Requests that failed unforeseen; the log has the first of each kind.")
            .register(registry);
  }

  /** Counts a failure, and logs it if it is the first of its kind. */
  public void happened(Throwable failure) {
    count.increment();
    if (logged.size() < MOST_KINDS && logged.add(kind(failure))) {
      LOGGER.error("A request could not be handled; the like of it is only counted", failure);
    } else {
      LOGGER.debug("A request could not be handled", failure);
    }
  }

  private static String kind(Throwable failure) {
    StackTraceElement[] places = failure.getStackTrace();
    return failure.getClass().getName() + (places.length == 0 ? "" : " " + places[0]);
  }
}
