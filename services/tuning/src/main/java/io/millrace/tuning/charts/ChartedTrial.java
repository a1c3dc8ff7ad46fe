package io.millrace.tuning.charts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trial as charts show it.
 *
 * @param number from 0
 * @param values the settings that were tried, by name; a setting that it did not have is absent
 * @param score in its own units; not finite where the trial failed
 * @param pruned whether it was given up early
 */
public record ChartedTrial(int number, Map<String, Object> values, double score, boolean pruned) {
  public ChartedTrial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
