package io.millrace.cli.tune;

import io.millrace.cli.terminal.Figures;
import io.millrace.runtime.SettingsFile;
import io.millrace.tuning.trials.Overlay;
import io.millrace.tuning.trials.TrialResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of the best trial, as a commented settings file. */
final class BestSettings {
  private BestSettings() {}

  /**
   * Returns the file's text.
   *
   * @param given the settings that were tuned
   * @param judged how it was judged, in words
   */
  static String yaml(SettingsFile given, TrialResult best, String monitor, String judged) {
    Map<String, String> comments = new LinkedHashMap<>();
    best.settings()
        .keySet()
        .forEach(key -> comments.put(key.contains(".") ? key : "network.layers", "by the search"));
    String head =
        """
        # Written by `millrace tune`: trial %d, %s %s%s in epoch %d,
        # judged by %s.
        # What the search chose says so; the rest is as it was.
        """
            .formatted(
                best.number(),
                monitor,
                Figures.rounded(best.score()),
                best.spread() > 0 ? " +- " + Figures.rounded(best.spread()) : "",
                best.bestEpoch(),
                judged);
    return head + given.changed(document -> Overlay.over(document, best.settings())).yaml(comments);
  }
}
