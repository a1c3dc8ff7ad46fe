package io.millrace.checkpoints;

import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The section {@code checkpoints} of a model's settings.
 *
 * @param topic the chunks topic; the manifest topic is {@code <topic>.manifest}
 * @param interval the shortest time between two checkpoints
 * @param retain how many of the newest checkpoints stay readable, besides the one to resume from
 *     and the one to serve
 * @param keep versions that stay readable regardless of their age
 */
public record CheckpointSettings(String topic, Duration interval, int retain, Set<Long> keep) {
  public CheckpointSettings {
    keep = Set.copyOf(keep);
  }

  /** Creates settings that keep no versions besides the newest. */
  public CheckpointSettings(String topic, Duration interval, int retain) {
    this(topic, interval, retain, Set.of());
  }

  /** Reads the section; the default topic is {@code <model>.checkpoints}. */
  public static CheckpointSettings read(Section section, String model) {
    return new CheckpointSettings(
        section
            .text("topic", "The topic of the chunks; <topic>.manifest says which there are.")
            .check("a topic's name", topic -> topic.matches("[A-Za-z0-9._-]{1,240}"))
            .orElse(model + ".checkpoints"),
        section
            .duration("interval", "Least time between two checkpoints.")
            .check("at least 10ms", interval -> interval.toMillis() >= 10)
            .orElse(Duration.ofSeconds(1)),
        section
            .integer("retain", "Number of newest checkpoints that are retained.")
            .atLeast(1)
            .orElse(3),
        section
            .integers("keep", "Versions that are retained at any age.")
            .check("none below 1", versions -> versions.stream().allMatch(version -> version >= 1))
            .orElse(List.of())
            .stream()
            .map(Integer::longValue)
            .collect(Collectors.toSet()));
  }

  public CheckpointTopics topics() {
    return CheckpointTopics.of(topic);
  }
}
