package io.millrace.predictor;

import io.millrace.predictor.following.EnsembleSettings;
import io.millrace.predictor.following.EnsembleSettings.Member;
import io.millrace.predictor.following.ServedVersions;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Set;

/**
 * Checks that the versions named in the settings will exist. Versions of another trainer's model
 * are kept by that trainer: if one is missing, the predictor reports it at run time.
 *
 * @param model the document's own model
 * @param kept the versions of {@code model} that retention never drops
 * @param models the served models; empty for all on the topic
 */
record VersionChecks(String model, Set<Long> kept, List<String> models, Section serving) {

  void check(EnsembleSettings ensemble) {
    String key = "ensembles.%s.members".formatted(ensemble.name());
    ensemble.members().forEach(member -> checkKept(key, member));
    ensemble.members().forEach(member -> checkServed(key, member, List.of()));
  }

  /**
   * @param shadow as in the settings
   * @param ensembles the ensembles, which may be a shadow too
   */
  void checkShadow(String shadow, List<EnsembleSettings> ensembles) {
    if (shadow.equals(ServedVersions.CHALLENGER) || shadow.equals(ServedVersions.LATEST)) {
      return;
    }
    Member member = Member.of(shadow);
    checkKept("shadow", member);
    checkServed("shadow", member, ensembles.stream().map(EnsembleSettings::name).toList());
  }

  /** Retention would drop a version that is not kept. */
  private void checkKept(String key, Member member) {
    if (member.isNumbered()
        && member.model().equals(model)
        && !kept.contains(Long.valueOf(member.version()))) {
      serving.report(
          key,
          "names %s, which is dropped after a while; allowed: versions of checkpoints.keep"
              .formatted(member));
    }
  }

  /** The checkpoints of a model that is not served are not followed. */
  private void checkServed(String key, Member member, List<String> besides) {
    String named = member.model();
    if (!models.isEmpty() && !models.contains(named) && !besides.contains(named)) {
      serving.report(
          key,
          "names %s, which is not served; allowed: models of serving.models".formatted(member));
    }
  }
}
