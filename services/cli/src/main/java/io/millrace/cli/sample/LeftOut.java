package io.millrace.cli.sample;

import java.util.List;
import java.util.stream.Collectors;

/** Columns that are left out, in words. */
final class LeftOut {
  private static final int NAMED = 5;

  private LeftOut() {}

  static String all(List<FeatureGuess> features) {
    List<FeatureGuess> out = features.stream().filter(feature -> !feature.isUsed()).toList();
    String named =
        out.stream()
            .limit(NAMED)
            .map(feature -> feature.name() + " (" + feature.comment() + ")")
            .collect(Collectors.joining(", "));
    return out.isEmpty()
        ? "the data has no other column"
        : named + (out.size() > NAMED ? " and " + (out.size() - NAMED) + " more" : "");
  }
}
