package io.millrace.predictor.following;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model that can be answered from.
 *
 * <p>A version is asked for by its number or by what it is at the time: {@value #CHAMPION}, which
 * is the one for requests that name none, {@value #LATEST}, the newest, and {@value #CHALLENGER},
 * the newest of those that are newer than the champion.
 *
 * @param champion null before the first checkpoint
 * @param latest null before the first checkpoint
 * @param challenger null where the champion is the newest
 * @param retained all of them, by {@link ServedModel#version}
 * @param absence why there is no champion, as what the model has; empty where there is one
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

  /** Returns the version that is asked for, the champion where the text is empty. */
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
