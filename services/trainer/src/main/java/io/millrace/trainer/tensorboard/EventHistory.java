package io.millrace.trainer.tensorboard;

import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads past evaluations from the events topic. If it cannot be read, they stay missing, which is
 * said.
 *
 * @param kafka the connection to the brokers
 * @param topic the events topic
 */
record EventHistory(KafkaSettings kafka, String topic, String model)
    implements PublishedEvaluations {
  private static final Logger LOGGER = LoggerFactory.getLogger(EventHistory.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public void since(long timeMillis, long beforeNumber, Target target) throws IOException {
    try (EventReader reader =
        new EventReader(
            new ClientProperties(kafka).consumer("millrace-tensorboard"),
            topic,
            model,
            EventStart.at(Instant.ofEpochMilli(timeMillis)))) {
      reader.readToEnd(PATIENCE, event -> add(event, beforeNumber, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (KafkaException e) {
      LOGGER.warn(
          "{} cannot be read ({}): evaluations from before are missing in TensorBoard's files",
          topic,
          e.getMessage());
    }
  }

  private static void add(TrainingEvent event, long beforeNumber, Target target) {
    if (!event.hasEvaluation() || event.getNumber() >= beforeNumber) {
      return;
    }
    try {
      target.add(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
