package io.millrace.checkpoints.failures;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Interprets a failure to write to Kafka: whether the record was refused, and why. */
public final class Refusals {
  private static final List<Class<? extends RuntimeException>> KINDS =
      List.of(
          RecordTooLargeException.class,
          RecordBatchTooLargeException.class,
          InvalidTimestampException.class,
          InvalidRecordException.class,
          InvalidTopicException.class,
          PolicyViolationException.class,
          TopicAuthorizationException.class);

  private Refusals() {}

  /** Returns whether the same record would be refused on every attempt. */
  public static boolean isRefusal(Throwable failure) {
    return chain(failure)
        .anyMatch(cause -> KINDS.stream().anyMatch(kind -> kind.isInstance(cause)));
  }

  /**
   * Returns whether records on this topic are refused. Clients may report another topic's failure
   * for a record.
   */
  public static boolean isRefusalOf(String topic, Throwable failure) {
    return isRefusal(failure)
        && chain(failure)
            .filter(TopicAuthorizationException.class::isInstance)
            .map(cause -> ((TopicAuthorizationException) cause).unauthorizedTopics())
            .allMatch(topics -> topics.isEmpty() || topics.contains(topic));
  }

  /** Returns whether the record was larger than the client, the topic or the broker allows. */
  public static boolean isTooLarge(Throwable failure) {
    return chain(failure)
        .anyMatch(
            cause ->
                cause instanceof RecordTooLargeException
                    || cause instanceof RecordBatchTooLargeException);
  }

  /** Returns the message of the root cause, which is the most specific. */
  public static String reason(Throwable failure) {
    Throwable first = chain(failure).reduce(failure, (outer, inner) -> inner);
    return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
