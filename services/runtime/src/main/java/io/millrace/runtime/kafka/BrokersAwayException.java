package io.millrace.runtime.kafka;

import org.apache.kafka.common.KafkaException;

/**
 * No broker answers, or none in time. This is temporary: a service waits, and a command ends with
 * the message.
 */
public final class BrokersAwayException extends KafkaException {
  private static final long serialVersionUID = 1L;

  BrokersAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
