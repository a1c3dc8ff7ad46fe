package io.millrace.checkpoints.fleet;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.SmallParts;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import java.util.HashMap;
import java.util.Map;

/**
 * Encodes and decodes a {@link FleetCheckpoint} as a part: the weights below {@code weights}, and
 * all else beside them. Confined to one thread.
 */
public final class FleetCheckpointCodec {
  private static final String NAME = "a fleet's checkpoint";

  private final SmallParts parts = new SmallParts();

  public byte[] encode(FleetCheckpoint checkpoint) {
    State root = new State();
    root.put("definition_sha256", checkpoint.definitionSha256());
    root.put("version", checkpoint.version());
    root.put("topic", checkpoint.position().topic());
    State next = root.child("next_offset");
    checkpoint
        .position()
        .nextOffsets()
        .forEach((partition, offset) -> next.put("" + partition, offset));
    StoredCounts counts = checkpoint.counts();
    State counted = root.child("counts");
    counted.put("trained", counts.trained());
    counted.put("validated", counts.validated());
    counted.put("scored", counts.scored());
    counted.put("steps", counts.steps());
    counted.put("evaluations", counts.evaluations());
    root.putDecimals("metrics", checkpoint.metrics());
    root.child("weights").putAll(checkpoint.weights());
    return parts.encode(new PartContent(checkpoint.definition(), root));
  }

  /**
   * @throws CheckpointFormatException if the bytes are no checkpoint, or one of a newer version
   */
  public FleetCheckpoint decode(byte[] bytes) {
    PartContent content = SmallParts.decode(bytes, NAME);
    State root = content.entries();
    try {
      return new FleetCheckpoint(
          content.definition(),
          root.text("definition_sha256"),
          root.integer("version"),
          position(root),
          counts(root.child("counts")),
          root.decimalsByName("metrics"),
          root.child("weights"));
    } catch (IncompatibleStateException | NumberFormatException e) {
      throw new CheckpointFormatException(NAME + " has " + e.getMessage(), e);
    }
  }

  private static StreamPosition position(State root) {
    Map<Integer, Long> next = new HashMap<>();
    State saved = root.child("next_offset").copy();
    saved
        .entries()
        .keySet()
        .forEach(partition -> next.put(Integer.valueOf(partition), saved.integer(partition)));
    return new StreamPosition(root.text("topic"), next);
  }

  private static StoredCounts counts(State counted) {
    return new StoredCounts(
        counted.integer("trained"),
        counted.integer("validated"),
        0,
        counted.integer("scored"),
        counted.integer("steps"),
        counted.integer("evaluations"));
  }
}
