package io.millrace.checkpoints.fleet;

import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.learning.state.State;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest version of one key's model, with all that serving needs. It depends on the records and
 * the settings alone; the record's timestamp on the topic says when it was written.
 *
 * @param definition the model's definition as JSON, which only the template has; empty for others
 * @param definitionSha256 the SHA-256 of that JSON in hexadecimal digits
 * @param version how many mini-batches the key's models have learned; 0 for the template
 * @param position the offset behind the newest of the key's records that were taken; of one
 *     partition, and of none in the template
 * @param counts the outcomes of the key's records; rejected ones are not counted by key
 * @param metrics the newest evaluation on the key's validation window, by metric name
 * @param weights all that determines predictions
 */
public record FleetCheckpoint(
    String definition,
    String definitionSha256,
    long version,
    StreamPosition position,
    StoredCounts counts,
    Map<String, Double> metrics,
    State weights) {
  public FleetCheckpoint {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** Returns whether this is what new keys begin with. */
  public boolean isTemplate() {
    return !definition.isEmpty();
  }
}
