package io.millrace.trainer;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.WriterFencedException;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.UnrecoverableException;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles failures of the training thread. A temporary failure is retried, with growing pauses, and
 * logged once with its cause. A permanent failure ends the trainer with a message, since the same
 * attempt would fail forever. Owned by the training thread.
 */
final class Setbacks {
  private static final Logger LOGGER = LoggerFactory.getLogger(Setbacks.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final List<Class<? extends Exception>> PERMANENT =
      List.of(
          AuthenticationException.class,
          AuthorizationException.class,
          ConfigException.class,
          InvalidConfigurationException.class,
          InvalidTopicException.class,
          InvalidTxnTimeoutException.class,
          PolicyViolationException.class,
          RecordBatchTooLargeException.class,
          RecordTooLargeException.class,
          UnsupportedForMessageFormatException.class,
          UnsupportedVersionException.class);

  private final TrainerSettings settings;
  private final Health health;
  private final String part;
  private Duration pause = FIRST_PAUSE;
  private String told = "";

  /**
   * @param part the part of the process's health that is not ready until training continues
   */
  Setbacks(TrainerSettings settings, Health health, String part) {
    this.settings = settings;
    this.health = health;
    this.part = part;
  }

  /**
   * Handles a failure.
   *
   * @return how long to wait before the next attempt
   * @throws UnrecoverableException if another attempt cannot help
   * @throws InvalidSettingsException if an operator has to decide how to continue
   */
  Duration take(RuntimeException failure) {
    if (failure instanceof InterruptException) {
      throw failure;
    }
    requireToPass(failure);
    String reason = String.valueOf(failure.getMessage());
    health.notReady(part, "waits and tries again: " + reason);
    if (!reason.equals(told)) {
      told = reason;
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, settings.model())
          .addKeyValue(LogKeys.REASON, reason)
          .log("Going back to the newest checkpoint, as often as it takes");
    }
    Duration now = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return now;
  }

  /** Resets the pause after training has resumed. */
  void over() {
    pause = FIRST_PAUSE;
    told = "";
    health.ready(part);
  }

  /** Returns the exception for lost checkpoints, which tells the operator the choices. */
  InvalidSettingsException lost(String reason) {
    return new InvalidSettingsException(
        List.of(
            new Problem(
                "checkpoints.topic",
                "is %s, but %s; allowed: bringing its records back, another name under model, or"
                        .formatted(settings.checkpoints().topic(), reason)
                    + " `millrace checkpoints reset --yes`, after which training begins with the oldest"
                    + " record")));
  }

  private void requireToPass(RuntimeException failure) {
    if (failure instanceof WriterFencedException) {
      throw new UnrecoverableException("fenced: " + failure.getMessage(), failure);
    }
    if (failure instanceof CheckpointFormatException
        || failure instanceof CheckpointMissingException) {
      throw lost(String.valueOf(failure.getMessage()));
    }
    Optional<Throwable> permanent = causes(failure).filter(Setbacks::isPermanent).findFirst();
    if (permanent.isPresent()) {
      throw new UnrecoverableException(
          "%s; trying again would not help (%s)"
              .formatted(failure.getMessage(), permanent.get().getClass().getSimpleName()),
          failure);
    }
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static boolean isPermanent(Throwable cause) {
    return PERMANENT.stream().anyMatch(kind -> kind.isInstance(cause));
  }
}
