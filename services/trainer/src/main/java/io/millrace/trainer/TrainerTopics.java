package io.millrace.trainer;

import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.runtime.kafka.TopicPlan;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of a trainer. They are looked up, and Millrace's own are created. */
final class TrainerTopics {
  private TrainerTopics() {}

  /** Returns the topics of a trainer. */
  static TopicPlan plan(TrainerSettings settings) {
    TopicPlan plan =
        TopicPlan.NONE.reading("records.topic", settings.records().topic()).and(written(settings));
    for (NewTopic topic : settings.checkpoints().topics().definitions()) {
      plan = plan.owning("checkpoints.topic", topic);
    }
    return plan;
  }

  /**
   * Ensures that all topics exist.
   *
   * @throws InvalidSettingsException if the records' topic is missing, or if a topic cannot be used
   * @throws BrokersAwayException if no broker answers
   */
  static void prepare(TrainerSettings settings) {
    prepare(settings, plan(settings));
  }

  /** Ensures that all topics exist, those that other services of the process need included. */
  static void prepare(TrainerSettings settings, TopicPlan plan) {
    try (Topics topics = Topics.connect(settings.kafka())) {
      topics.prepare(plan);
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
    prepare(settings, written(settings));
  }

  private static TopicPlan written(TrainerSettings settings) {
    return TopicPlan.NONE
        .owning(
            "records.dead_letters",
            new NewTopic(settings.records().deadLetters(), Optional.empty(), Optional.empty()))
        .owning("events.topic", ordered(settings.events().topic()))
        .owning("commands.topic", ordered(settings.commands().topic()));
  }

  /** Returns a topic of one partition, since only that keeps the order of its records. */
  private static NewTopic ordered(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty());
  }
}
