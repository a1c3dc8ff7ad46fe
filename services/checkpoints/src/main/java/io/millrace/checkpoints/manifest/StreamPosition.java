package io.millrace.checkpoints.manifest;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The position up to which a topic was learned: per partition, the first offset that was not.
 *
 * @param topic the topic of the records
 * @param topicId Kafka's id of the topic, which changes if the topic is created anew; empty if it
 *     is unknown
 * @param nextOffsets by partition, in ascending order; a partition that is absent was never read
 */
public record StreamPosition(String topic, String topicId, SortedMap<Integer, Long> nextOffsets) {

  public StreamPosition {
    nextOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(nextOffsets));
  }

  public StreamPosition(String topic, String topicId, Map<Integer, Long> nextOffsets) {
    this(topic, topicId, (SortedMap<Integer, Long>) new TreeMap<>(nextOffsets));
  }

  /** Creates a position on a topic whose id is unknown. */
  public StreamPosition(String topic, Map<Integer, Long> nextOffsets) {
    this(topic, "", nextOffsets);
  }

  /** Returns the position for display, such as {@code letters[0:1200 1:1187]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(topic).append('[');
    nextOffsets.forEach(
        (partition, next) -> text.append(partition).append(':').append(next).append(' '));
    return text.toString().stripTrailing() + "]";
  }
}
