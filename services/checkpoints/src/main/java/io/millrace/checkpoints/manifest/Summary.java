package io.millrace.checkpoints.manifest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person or a serving client wants to know of a checkpoint without reading its parts.
 *
 * @param createdAt when the snapshot was taken, cut to the millisecond
 * @param position up to where the stream is learned
 * @param counts what became of the records consumed so far
 * @param phase the phase of the training round
 * @param learningRate the rate of the next step
 * @param metrics the newest evaluation on the rolling validation window, by metric name
 * @param provenance what made the model
 * @param parametersSha256 of the parameters and moving statistics, in hexadecimal digits
 */
public record Summary(
    Instant createdAt,
    StreamPosition position,
    StoredCounts counts,
    String phase,
    double learningRate,
    Map<String, Double> metrics,
    Provenance provenance,
    String parametersSha256) {

  public Summary {
    createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
