package io.millrace.trainer;

import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of a trainer. They are looked up, and Millrace's own are created. */
final class TrainerTopics {
  private TrainerTopics() {}

  /**
   * Ensures that all topics exist.
   *
   * @throws InvalidSettingsException if the records' topic is missing, or if a topic cannot be used
   * @throws BrokersAwayException if no broker answers
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
   * Recreates topics that were deleted while the trainer ran, since no checkpoint can be written
   * without them. The checkpoint writer restores its own topics.
   *
   * @throws InvalidSettingsException if a topic cannot be used
   * @throws BrokersAwayException if no broker answers
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

  /** Returns a topic of one partition, since only that keeps the order of its records. */
  private static NewTopic ordered(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty());
  }
}
