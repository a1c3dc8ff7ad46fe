package io.millrace.benchmarks.simulation;

import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Retrain;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The expected outcome of a command, as its senders were promised. */
final class Rules {
  private final Topic records;
  private boolean paused;
  private boolean rewinding;
  private boolean drifted;

  /**
   * @param records the topic that is rewound
   */
  Rules(Topic records) {
    this.records = records;
  }

  /** Sets whether a rewind is in progress. Must be called before commands are checked. */
  void look(boolean isRewinding) {
    rewinding = isRewinding;
  }

  void drifted() {
    drifted = true;
  }

  boolean isPaused() {
    return paused;
  }

  /**
   * Returns whether a command must be refused.
   *
   * @param kept the versions that were retained when it was executed
   */
  boolean refuses(SentCommand sent, List<Long> kept, Course course) {
    if (!sent.isReadable()) {
      return true;
    }
    Command command = sent.command();
    return switch (command.getCommandCase()) {
      case PAUSE -> paused;
      case RESUME -> !paused;
      case PROMOTE -> isUnknown(command.getPromote().getVersion(), kept);
      case ROLLBACK -> isUnknown(command.getRollback().getVersion(), kept);
      case RETRAIN -> rewinding || refuses(command.getRetrain(), course);
      case COMMAND_NOT_SET -> true;
    };
  }

  /** Updates the state after an executed command. */
  void done(Command command) {
    switch (command.getCommandCase()) {
      case PAUSE -> paused = true;
      case RESUME -> paused = false;
      case RETRAIN -> rewinding |= isRewind(command.getRetrain());
      case PROMOTE, ROLLBACK, COMMAND_NOT_SET -> {}
    }
  }

  /**
   * Returns, by partition, the offset where a rewind begins.
   *
   * @param drift where the newest drift began; null if there was none
   */
  int[] start(Retrain retrain, Course course, int @Nullable [] drift) {
    int[] start = new int[Plan.PARTITIONS];
    for (int partition = 0; partition < start.length; partition++) {
      long wanted =
          switch (retrain.getStartCase()) {
            case REWIND_TO_MILLIS -> records.since(partition, retrain.getRewindToMillis());
            case REWIND_TO_OFFSETS ->
                retrain
                    .getRewindToOffsets()
                    .getOffsetsOrDefault(partition, records.oldest(partition));
            case REWIND_TO_DRIFT_START -> drift == null ? Long.MAX_VALUE : drift[partition];
            case REWIND_TO_EARLIEST -> 0;
            case CONTINUE, START_NOT_SET -> Long.MAX_VALUE;
          };
      long kept = Math.max(wanted, records.oldest(partition));
      start[partition] = (int) Math.min(kept, course.unread(partition));
    }
    return start;
  }

  static boolean isRewind(Retrain retrain) {
    return switch (retrain.getStartCase()) {
      case CONTINUE, START_NOT_SET -> false;
      default -> true;
    };
  }

  private boolean refuses(Retrain retrain, Course course) {
    return switch (retrain.getStartCase()) {
      case CONTINUE, START_NOT_SET -> retrain.getPasses() > 1;
      case REWIND_TO_EARLIEST -> false;
      case REWIND_TO_DRIFT_START -> !drifted;
      case REWIND_TO_MILLIS -> isAtEnd(start(retrain, course, null), course);
      case REWIND_TO_OFFSETS ->
          retrain.getRewindToOffsets().getOffsetsMap().entrySet().stream()
              .anyMatch(offset -> isOutside(offset, course));
    };
  }

  private boolean isOutside(Map.Entry<Integer, Long> offset, Course course) {
    int partition = offset.getKey();
    return partition >= Plan.PARTITIONS
        || offset.getValue() < records.oldest(partition)
        || offset.getValue() > course.unread(partition);
  }

  private static boolean isAtEnd(int[] start, Course course) {
    for (int partition = 0; partition < start.length; partition++) {
      if (start[partition] != course.unread(partition)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnknown(long version, List<Long> kept) {
    return version != 0 && !kept.contains(version);
  }
}
