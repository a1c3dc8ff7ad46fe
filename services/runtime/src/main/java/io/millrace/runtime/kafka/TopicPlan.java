package io.millrace.runtime.kafka;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics that the services of a process need. Immutable.
 *
 * @param read topics that must exist
 * @param owned topics that are created if they do not
 */
public record TopicPlan(List<Read> read, List<Owned> owned) {
  public static final TopicPlan NONE = new TopicPlan(List.of(), List.of());

  public TopicPlan {
    read = List.copyOf(read);
    owned = List.copyOf(owned);
  }

  /**
   * A topic that must exist.
   *
   * @param key the option that names it, for messages
   */
  public record Read(String key, String topic) {}

  /**
   * A topic that is created if it does not exist.
   *
   * @param key the option that names it, for messages
   */
  public record Owned(String key, NewTopic topic) {}

  /** Returns this plan with a topic that must exist. */
  public TopicPlan reading(String key, String topic) {
    return and(new TopicPlan(List.of(new Read(key, topic)), List.of()));
  }

  /** Returns this plan with a topic that is created if it does not exist. */
  public TopicPlan owning(String key, NewTopic topic) {
    return and(new TopicPlan(List.of(), List.of(new Owned(key, topic))));
  }

  /** Returns the topics of both plans, each once. */
  public TopicPlan and(TopicPlan other) {
    return new TopicPlan(joined(read, other.read), joined(owned, other.owned));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }
}
