package io.millrace.runtime.kafka;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a broker's answers. An error becomes a problem of the option behind the question, and a
 * missing answer a {@link BrokersAwayException}.
 *
 * @param broker the broker's address in the settings
 * @param patience how long an answer may take
 */
record Answers(String broker, Duration patience) {

  /** Waits for an answer about the broker itself. */
  <T> T of(KafkaFuture<T> future) {
    try {
      return await(future);
    } catch (ExecutionException e) {
      throw problem("kafka.bootstrap_servers", broker, e.getCause());
    }
  }

  /**
   * Waits for an answer; empty on the expected error.
   *
   * @param key the option that the question is about
   * @param value its value
   */
  <T> Optional<T> unless(
      Class<? extends ApiException> expected, String key, String value, KafkaFuture<T> future) {
    try {
      return Optional.of(await(future));
    } catch (ExecutionException e) {
      if (expected.isInstance(e.getCause())) {
        return Optional.empty();
      }
      throw problem(key, value, e.getCause());
    }
  }

  /** Returns the problem with an option's value, which names the broker. */
  InvalidSettingsException problem(String key, String value, String reason) {
    return invalid(key, "is %s; %s (on %s)".formatted(value, reason, broker));
  }

  /** Returns why the properties make no client. Kafka hides passwords in such messages. */
  static InvalidSettingsException unusable(KafkaException failure) {
    return invalid("kafka", "cannot be used: " + firstReason(failure));
  }

  private static <T> T await(KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Returns the message of a failure's root cause. */
  static String firstReason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
  }

  private RuntimeException problem(String key, String value, @Nullable Throwable error) {
    if (error instanceof TimeoutException) {
      return new BrokersAwayException(
          "no broker answered within %d s at %s (kafka.bootstrap_servers)"
              .formatted(patience.toSeconds(), broker),
          error);
    }
    if (error instanceof RetriableException) {
      return new BrokersAwayException(
          "the brokers at %s are not all there (kafka.bootstrap_servers): %s"
              .formatted(broker, error.getMessage()),
          error);
    }
    if (error instanceof AuthenticationException) {
      return invalid("kafka.properties", "are refused: " + error.getMessage());
    }
    return problem(key, value, error == null ? "no reason" : String.valueOf(error.getMessage()));
  }

  private static InvalidSettingsException invalid(String key, String message) {
    return new InvalidSettingsException(List.of(new Problem(key, message)));
  }
}
