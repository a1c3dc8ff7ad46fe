package io.millrace.predictor.inference;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * Which version answers a request that names none, and which one is scored as a shadow.
 *
 * @param championShare the champion's share of the requests, relative to the other share
 * @param challengerShare the challenger's share, if there is a challenger
 * @param shadow {@code challenger}, {@code latest}, {@code model} or {@code model:version}, scored
 *     only for the prediction log
 */
public record RoutingSettings(int championShare, int challengerShare, Optional<String> shadow) {
  private static final String SHADOW = "[A-Za-z0-9._-]+(:(champion|latest|challenger|\\d{1,18}))?";

  /** Reads its options from the section {@code serving}. */
  public static RoutingSettings read(Section serving) {
    Section traffic = serving.section("traffic");
    RoutingSettings routing =
        new RoutingSettings(
            traffic
                .integer("champion", "Percentage of the requests that the champion answers.")
                .atLeast(0)
                .orElse(100),
            traffic
                .integer(
                    "challenger", "Percentage that the newest version after the champion answers.")
                .atLeast(0)
                .orElse(0),
            serving
                .text(
                    "shadow",
                    "Model or version that is scored for the log only: challenger, latest, MODEL[:VERSION].")
                .check("a version or a model", text -> text.matches(SHADOW))
                .optional());
    if (routing.championShare + routing.challengerShare == 0) {
      traffic.report("", "has no share above 0; allowed: at least one");
    }
    return routing;
  }
}
