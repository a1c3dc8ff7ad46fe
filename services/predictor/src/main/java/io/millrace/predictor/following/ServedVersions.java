package io.millrace.predictor.following;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model that can answer. Immutable.
 *
 * <p>A request names a version by its number or by its role: {@value #CHAMPION}, the default;
 * {@value #LATEST}, the newest; or {@value #CHALLENGER}, the newest one that is newer than the
 * champion.
 *
 * @param champion null before the first checkpoint
 * @param latest null before the first checkpoint
 * @param challenger null if the champion is the newest
 * @param retained all versions, by {@link ServedModel#version}
 * @param absence why there is no champion, as a phrase that follows "has"; empty if there is one
 */
public record ServedVersions(
    @Nullable ServedModel champion,
    @Nullable ServedModel latest,
    @Nullable ServedModel challenger,
    Map<String, ServedModel> retained,
    String absence) {
  public static final String CHAMPION = "champion";
  public static final String LATEST = "latest";
  public static final String CHALLENGER = "challenger";

  static final ServedVersions NONE = none("no version yet: no checkpoint was published");

  public ServedVersions {
    retained = Map.copyOf(retained);
  }

  static ServedVersions none(String absence) {
    return new ServedVersions(null, null, null, Map.of(), absence);
  }

  static ServedVersions of(@Nullable ServedModel champion, Map<String, ServedModel> retained) {
    ServedModel latest =
        retained.values().stream()
            .max(Comparator.comparingLong(ServedModel::number))
            .orElse(champion);
    boolean isNewer = champion != null && latest != null && latest.number() > champion.number();
    return new ServedVersions(
        champion, latest, isNewer ? latest : null, retained, champion == null ? NONE.absence : "");
  }

  /**
   * Returns the version of that number or role; the champion if the text is empty, null if there is
   * none.
   */
  public @Nullable ServedModel version(String version) {
    return switch (version) {
      case "", CHAMPION -> champion;
      case LATEST -> latest;
      case CHALLENGER -> challenger;
      default -> retained.get(version);
    };
  }

  /** Returns the versions, newest first. */
  public Stream<ServedModel> newestFirst() {
    return retained.values().stream()
        .sorted(Comparator.comparingLong(ServedModel::number).reversed());
  }
}
