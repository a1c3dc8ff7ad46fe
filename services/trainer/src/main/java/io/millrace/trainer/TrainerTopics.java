package io.millrace.trainer;

import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of a trainer: looked up, and created where they are Millrace's own. */
final class TrainerTopics {
  private TrainerTopics() {}

  /**
   * Makes sure that there are all.
   *
   * @throws InvalidSettingsException where the records' topic is missing, or one cannot be used
   * @throws BrokersAwayException where no broker answers
   */
  static void prepare(TrainerSettings settings) {
    try (Topics topics = Topics.connect(settings.kafka())) {
      topics.partitions("records.topic", settings.records().topic());
      ensureWritten(settings, topics);
      settings
          .checkpoints()
          .topics()
          .definitions()
          .forEach(topic -> topics.ensure("checkpoints.topic", topic));
    }
  }

  /**
   * Creates those again that were deleted while the trainer ran: a checkpoint writes to them, so
   * none could be written. The topics of checkpoints are their writer's matter.
   *
   * @throws InvalidSettingsException where one cannot be used
   * @throws BrokersAwayException where no broker answers
   */
  static void restore(TrainerSettings settings) {
    try (Topics topics = Topics.connect(settings.kafka())) {
      ensureWritten(settings, topics);
    }
  }

  private static void ensureWritten(TrainerSettings settings, Topics topics) {
    topics.ensure(
        "records.dead_letters",
        new NewTopic(settings.records().deadLetters(), Optional.empty(), Optional.empty()));
    topics.ensure("events.topic", ordered(settings.events().topic()));
    topics.ensure("commands.topic", ordered(settings.commands().topic()));
  }

  /** Returns a topic of one partition, which alone keeps an order. */
  private static NewTopic ordered(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty());
  }
}
