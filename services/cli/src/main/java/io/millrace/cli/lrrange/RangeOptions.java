package io.millrace.cli.lrrange;

import io.millrace.cli.stretch.Stretch;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.tuning.rates.RateRange;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code millrace lr-range}.
 *
 * @param stretch the records that are learned
 * @param output where the chart is written; null for nowhere
 * @param apply whether the suggestion is written into the settings file
 * @param json whether the result is printed as JSON
 */
public record RangeOptions(
    RateRange range, Stretch stretch, @Nullable Path output, boolean apply, boolean json) {

  /** Returns where people look: beside the result where that is JSON. */
  LiveDisplay display() {
    return new LiveDisplay(json ? System.err : System.out, false);
  }
}
