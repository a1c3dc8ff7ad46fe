package io.millrace.cli.status;

import io.vertx.core.json.JsonObject;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a fleet's metrics say of its models. */
final class FleetFigures {
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^millrace_fleet_(\\w+?)(?:_total)?\\{([^}]*)} (\\S+)$");
  private static final Pattern OUTCOME = Pattern.compile("outcome=\"(\\w+)\"");

  private FleetFigures() {}

  /**
   * Returns the figures by name, those of records by outcome.
   *
   * @param metrics what {@code /metrics} answers
   */
  static JsonObject read(String metrics) {
    JsonObject figures = new JsonObject();
    SAMPLE
        .matcher(metrics)
        .results()
        .forEach(sample -> figures.put(name(sample), (long) Double.parseDouble(sample.group(3))));
    return figures;
  }

  private static String name(MatchResult sample) {
    return OUTCOME
        .matcher(sample.group(2))
        .results()
        .map(outcome -> outcome.group(1))
        .findFirst()
        .orElse(sample.group(1));
  }
}
