package io.millrace.cli.sample;

import java.util.stream.Collectors;

/** The proposed network in one sentence. */
final class NetworkText {
  private NetworkText() {}

  static String of(Analysis analysis) {
    LearningGuess learning = LearningGuess.of(analysis);
    String layers =
        learning.units().stream().map(units -> "dense " + units).collect(Collectors.joining(", "));
    boolean texts = !analysis.used(ColumnKind.TEXT).isEmpty();
    return "%s%s, then %s: what learned best from tables of this size (%s, %s seen)"
        .formatted(
            texts ? "an embedding of the words, " : "",
            layers,
            analysis.label().isClasses() ? "softmax" : "one number",
            Plain.count(analysis.sample().rows(), "row"),
            Plain.count(LearningGuess.width(analysis), "number"));
  }
}
