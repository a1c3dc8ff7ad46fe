package io.millrace.predictor.inference;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * Which version answers a request that names none, and which one is scored beside it.
 *
 * @param championShare of the requests, relative to the other share
 * @param challengerShare of the requests, where there is a challenger
 * @param shadow a version, {@code challenger} or {@code latest}, or a {@code model} or {@code
 *     model:version}, that is scored for the prediction log alone
 */
public record RoutingSettings(int championShare, int challengerShare, Optional<String> shadow) {
  private static final String SHADOW = "[A-Za-z0-9._-]+(:(champion|latest|challenger|\\d{1,18}))?";

  /** Reads its options from the section {@code serving}. */
  public static RoutingSettings read(Section serving) {
    Section traffic = serving.section("traffic");
    RoutingSettings routing =
        new RoutingSettings(
            traffic
                .integer("champion", "Share of the requests that the champion answers.")
                .atLeast(0)
                .orElse(100),
            traffic
                .integer("challenger", "Share that the newest version beyond the champion answers.")
                .atLeast(0)
                .orElse(0),
            serving
                .text("shadow", "Scored for the log alone: challenger, latest, MODEL[:VERSION].")
                .check("a version or a model", text -> text.matches(SHADOW))
                .optional());
    if (routing.championShare + routing.challengerShare == 0) {
      traffic.report("", "has no share above 0; allowed: at least one");
    }
    return routing;
  }
}
