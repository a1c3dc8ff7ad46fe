package io.millrace.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadFailuresTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Throwable> ends = new ArrayList<>();
  private final ThreadFailures failures = new ThreadFailures(asked::incrementAndGet, ends::add);

  static Stream<Throwable> passing() {
    return Stream.of(
        new StreamsException("sending", new InvalidTimestampException("old")),
        new StreamsException("sending", new InvalidRecordException("in one batch with it")),
        new StreamsException("sending", new UnknownServerException("disk")),
        new StreamsException(
            "beginning", new KafkaException("in error state", new InvalidTimestampException("x"))));
  }

  static Stream<Throwable> settled() {
    return Stream.of(
        new MissingSourceTopicException("gone"),
        new StreamsException("sending", new TopicAuthorizationException("records")),
        new IllegalStateException("a mistake of ours"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void handle_brokerRefuses_asksAgainAndGoesOn(Throwable failure) {
    assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
    assertThat(asked).hasValue(1);
    assertThat(ends).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settled")
  void handle_noAttemptMendsIt_endsAtOnce(Throwable failure) {
    assertThat(failures.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(ends).containsExactly(failure);
  }

  @Test
  void handle_oneRefusalAfterTheOther_endsWithTheReason() {
    StreamsException failure = new StreamsException("sending", new UnknownServerException("disk"));
    int attempts = 0;
    while (failures.handle(failure) == REPLACE_THREAD) {
      assertThat(++attempts).isLessThanOrEqualTo(10);
    }

    assertThat(attempts).isEqualTo(10);
    assertThat(ends).containsExactly(failure);
  }
}
