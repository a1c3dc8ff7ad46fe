package io.millrace.predictor.following;

import io.millrace.predictor.following.EnsembleSettings.Weighting;
import io.millrace.runtime.LogKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ensemble. It is assembled anew when another version of a member is served. It has no version
 * while a member is missing or the members do not fit together. Guarded by the lock of {@link
 * ServedModels}.
 */
final class Ensemble {
  private static final Logger LOGGER = LoggerFactory.getLogger(Ensemble.class);

  private final EnsembleSettings settings;
  private final Clock clock;
  private List<ServedModel> members = List.of();
  private ServedVersions assembled = ServedVersions.NONE;

  Ensemble(EnsembleSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  String name() {
    return settings.name();
  }

  /** Assembles the ensemble from the versions that are served now. */
  ServedVersions assemble(Map<String, ServedVersions> served) {
    List<ServedModel> found = new ArrayList<>();
    for (EnsembleSettings.Member member : settings.members()) {
      ServedVersions versions = served.getOrDefault(member.model(), ServedVersions.NONE);
      ServedModel version = versions.version(member.version());
      if (version == null) {
        members = List.of();
        return ServedVersions.none(absence(member, versions));
      }
      found.add(version);
    }
    if (!found.equals(members)) { // versions are compared by identity
      members = List.copyOf(found);
      assembled = assemble();
    }
    return assembled;
  }

  private static String absence(EnsembleSettings.Member member, ServedVersions versions) {
    String reason =
        versions.champion() == null
            ? "has " + versions.absence()
            : "is not there; a trainer keeps the versions that its checkpoints.keep names";
    return "no version: its member '%s' %s".formatted(member, reason);
  }

  private ServedVersions assemble() {
    ServedModel first = members.get(0);
    if (!members.stream().allMatch(member -> member.signature().isLike(first.signature()))) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, settings.name())
          .log("The ensemble's members take or give different tensors; it is not served");
      return ServedVersions.none("no version: its members take or give different tensors");
    }
    ServedModel ensemble = ensemble(first.signature(), weights());
    return ServedVersions.of(ensemble, Map.of(ensemble.version(), ensemble));
  }

  private ServedModel ensemble(ModelSignature signature, float[] weights) {
    String version = members.stream().map(ServedModel::version).collect(Collectors.joining("+"));
    String written =
        IntStream.range(0, weights.length)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "%s:%s=%.4f",
                        members.get(i).name(),
                        members.get(i).version(),
                        weights[i]))
            .collect(Collectors.joining(","));
    return new ServedModel(
        settings.name(),
        new ServedModel.Version(version, members.stream().mapToLong(ServedModel::number).sum()),
        signature,
        EnsembleComputation.of(shares(weights), signature.outputWidths()),
        Origin.ofEnsemble(members, written, clock));
  }

  /** Returns the weight of each network. Several members may be the same version. */
  private Map<Computation, Float> shares(float[] weights) {
    Map<Computation, Float> shares = new LinkedHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      shares.merge(members.get(i).computation(), weights[i], Float::sum);
    }
    return shares;
  }

  private float[] weights() {
    double[] relative =
        settings
            .weights()
            .map(given -> given.stream().mapToDouble(Double::doubleValue).toArray())
            .orElseGet(
                () ->
                    members.stream()
                        .mapToDouble(
                            member ->
                                settings.weighting() == Weighting.WINDOW_LOSS
                                    ? 1 / member.windowLoss()
                                    : 1)
                        .toArray());
    double sum = Arrays.stream(relative).sum();
    if (!Double.isFinite(sum) || Arrays.stream(relative).anyMatch(weight -> weight < 0)) {
      Arrays.fill(relative, 1); // a loss that is 0, negative or unknown gives no weights
      sum = relative.length;
    }
    float[] weights = new float[relative.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (relative[i] / sum);
    }
    return weights;
  }
}
