package io.millrace.trainer.control;

import io.millrace.proto.control.v1.Retrain;
import io.millrace.trainer.intake.RecordIntake;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Determines where a retrain command begins. Owned by the training thread. */
final class RewindStart {
  private final RecordIntake intake;
  private final Optional<SortedMap<Integer, Long>> driftStart;

  /**
   * @param driftStart the position where the newest drift began; empty if there was none
   */
  RewindStart(RecordIntake intake, Optional<SortedMap<Integer, Long>> driftStart) {
    this.intake = intake;
    this.driftStart = driftStart;
  }

  /** Returns, by partition, the offset to begin with; empty to continue with the next records. */
  Optional<SortedMap<Integer, Long>> of(Retrain command) throws RefusedException {
    switch (command.getStartCase()) {
      case REWIND_TO_EARLIEST:
        return Optional.of(upToNow(intake.oldest()));
      case REWIND_TO_MILLIS:
        return Optional.of(upToNow(since(command.getRewindToMillis())));
      case REWIND_TO_OFFSETS:
        return Optional.of(offsets(command.getRewindToOffsets().getOffsetsMap()));
      case REWIND_TO_DRIFT_START:
        return Optional.of(upToNow(kept(drift())));
      case CONTINUE, START_NOT_SET:
        break;
    }
    if (command.getPasses() > 1) {
      throw new RefusedException(
          "passes is %d, but only records that are read once more can be passed several times"
              .formatted(command.getPasses()));
    }
    return Optional.empty();
  }

  private SortedMap<Integer, Long> drift() throws RefusedException {
    return driftStart.orElseThrow(
        () -> new RefusedException("no drift has been detected that training could go back to"));
  }

  /** Records that retention has removed are skipped and do not count as lost. */
  private SortedMap<Integer, Long> kept(SortedMap<Integer, Long> wanted) {
    SortedMap<Integer, Long> start = new TreeMap<>(wanted);
    intake.oldest().forEach((partition, oldest) -> start.merge(partition, oldest, Math::max));
    return start;
  }

  private SortedMap<Integer, Long> since(long epochMillis) throws RefusedException {
    if (epochMillis < 0) {
      throw new RefusedException(
          "rewind_to_millis is %d; allowed: 0 or more, since records are from 1970 on"
              .formatted(epochMillis));
    }
    SortedMap<Integer, Long> found = intake.since(epochMillis);
    SortedMap<Integer, Long> start = new TreeMap<>(intake.position());
    start.putAll(found);
    if (upToNow(start).equals(intake.position())) {
      throw new RefusedException(
          "no record that was consumed is from %d, in milliseconds since the epoch, or later"
              .formatted(epochMillis));
    }
    return start;
  }

  private SortedMap<Integer, Long> offsets(Map<Integer, Long> wanted) throws RefusedException {
    SortedMap<Integer, Long> position = intake.position();
    SortedMap<Integer, Long> oldest = intake.oldest();
    for (Map.Entry<Integer, Long> offset : wanted.entrySet()) {
      Long until = position.get(offset.getKey());
      Long from = oldest.get(offset.getKey());
      if (until == null || from == null) {
        throw new RefusedException(
            "partition %d is not one that was consumed; allowed: %s"
                .formatted(offset.getKey(), position.keySet()));
      }
      if (offset.getValue() < from || offset.getValue() > until) {
        throw new RefusedException(
            "offset %d of partition %d is not kept or not consumed yet; allowed: %d to %d"
                .formatted(offset.getValue(), offset.getKey(), from, until));
      }
    }
    SortedMap<Integer, Long> start = new TreeMap<>(oldest);
    start.putAll(wanted);
    return upToNow(start);
  }

  /** A rewind reads nothing new: no partition begins after the position of training. */
  private SortedMap<Integer, Long> upToNow(SortedMap<Integer, Long> wanted) {
    SortedMap<Integer, Long> start = new TreeMap<>();
    intake
        .position()
        .forEach(
            (partition, until) ->
                start.put(partition, Math.min(until, wanted.getOrDefault(partition, until))));
    return start;
  }
}
