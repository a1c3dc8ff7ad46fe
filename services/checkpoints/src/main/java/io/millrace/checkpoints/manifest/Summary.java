package io.millrace.checkpoints.manifest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The facts of a checkpoint that users and serving clients need without reading its parts.
 *
 * @param createdAt when the snapshot was taken, truncated to milliseconds
 * @param position the position up to which the stream was learned
 * @param counts the outcomes of the records consumed so far
 * @param phase the phase of the training round
 * @param learningRate the rate of the next step
 * @param metrics the newest evaluation on the rolling validation window, by metric name
 * @param provenance what produced the model
 * @param parametersSha256 the hash of the parameters and moving statistics, in hexadecimal digits
 * @param mostRejected what most of the rejected records have in common; empty if none was rejected
 * @param rivals the learners whose answers are combined; empty if there is only one
 */
public record Summary(
    Instant createdAt,
    StreamPosition position,
    StoredCounts counts,
    String phase,
    double learningRate,
    Map<String, Double> metrics,
    Provenance provenance,
    String parametersSha256,
    Optional<StoredRejection> mostRejected,
    List<StoredRival> rivals) {

  public Summary {
    createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    rivals = List.copyOf(rivals);
  }

  /** Returns the rivals' shares by their names; empty if there is only one learner. */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    rivals.forEach(rival -> shares.put(rival.name(), rival.share()));
    return shares;
  }

  /**
   * Returns the same facts, with the span that writes the checkpoint.
   *
   * @param span as W3C's header traceparent
   */
  public Summary tracedBy(String span) {
    return new Summary(
        createdAt,
        position,
        counts,
        phase,
        learningRate,
        metrics,
        provenance.tracedBy(span),
        parametersSha256,
        mostRejected,
        rivals);
  }
}
