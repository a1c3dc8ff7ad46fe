package io.millrace.predictor.following;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model that can be answered from.
 *
 * @param champion the one for requests that name no version; null before the first checkpoint
 * @param retained all of them, by {@link ServedModel#version}
 */
public record ServedVersions(@Nullable ServedModel champion, Map<String, ServedModel> retained) {
  static final ServedVersions NONE = new ServedVersions(null, Map.of());

  public ServedVersions {
    retained = Map.copyOf(retained);
  }

  /** Returns the version that is asked for, the champion where the text is empty. */
  public @Nullable ServedModel version(String version) {
    return version.isEmpty() ? champion : retained.get(version);
  }

  /** Returns the versions, newest first. */
  public Stream<String> newestFirst() {
    return retained.values().stream()
        .sorted((a, b) -> Long.compare(b.sequence(), a.sequence()))
        .map(ServedModel::version);
  }
}
