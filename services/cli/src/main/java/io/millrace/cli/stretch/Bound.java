package io.millrace.cli.stretch;

import io.millrace.cli.steering.RewindOption;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.proto.control.v1.Retrain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Where a stretch of a topic begins or ends. */
@FunctionalInterface
public interface Bound {
  /** The allowed values, for messages. */
  String ALLOWED =
      "earliest, now, a time such as 2026-11-21T08:00:00Z, or offsets such as 0:1200,1:950";

  /** The oldest records. */
  Bound EARLIEST = TopicRecords::beginnings;

  /** Behind the newest records as of now. */
  Bound NOW = TopicRecords::ends;

  /** Returns the bound that a text names, as {@code retrain --rewind} has it; empty if none. */
  static Optional<Bound> parse(String text) {
    if (text.equals("now")) {
      return Optional.of(NOW);
    }
    return RewindOption.parse(text).flatMap(Bound::of);
  }

  /** Returns the bound at given offsets. */
  static Bound offsets(Map<Integer, Long> offsets) {
    return topic -> {
      Map<TopicPartition, Long> result = new HashMap<>();
      for (TopicPartition partition : topic.partitions()) {
        Long offset = offsets.get(partition.partition());
        if (offset != null) {
          result.put(partition, offset);
        }
      }
      return result;
    };
  }

  /** Returns the bound's offset by partition. Partitions without one are not bounded. */
  Map<TopicPartition, Long> of(TopicRecords topic);

  private static Optional<Bound> of(Retrain.Builder retrain) {
    return switch (retrain.getStartCase()) {
      case REWIND_TO_EARLIEST -> Optional.of(EARLIEST);
      case REWIND_TO_MILLIS -> {
        long millis = retrain.getRewindToMillis();
        yield Optional.of(topic -> topic.at(millis));
      }
      case REWIND_TO_OFFSETS -> {
        Map<Integer, Long> offsets = retrain.getRewindToOffsets().getOffsetsMap();
        yield Optional.of(offsets(offsets));
      }
      default -> Optional.empty();
    };
  }
}
