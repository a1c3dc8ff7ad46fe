package io.millrace.predictor.following;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The models that can be answered from right now: written by the following thread, read by anyone.
 *
 * <p>A reader sees one immutable map, and so never half of a swap.
 */
public final class ServedModels {
  private volatile Map<String, ServedVersions> current;

  /** Starts with models that are to be served and have no version yet. */
  public ServedModels(Set<String> names) {
    Map<String, ServedVersions> empty = new HashMap<>();
    names.forEach(name -> empty.put(name, ServedVersions.NONE));
    current = Map.copyOf(empty);
  }

  public Set<String> names() {
    return current.keySet();
  }

  /** Returns what there is of a model, or null where no such model is served. */
  public @Nullable ServedVersions of(String name) {
    return current.get(name);
  }

  /** Returns what there is of a model; nothing where no such model is served. */
  public ServedVersions versionsOf(String name) {
    return current.getOrDefault(name, ServedVersions.NONE);
  }

  /** Returns whether every model has a version to answer from. */
  public boolean isReady() {
    return current.values().stream().allMatch(versions -> versions.champion() != null);
  }

  void replace(String name, ServedVersions versions) {
    Map<String, ServedVersions> next = new HashMap<>(current);
    next.put(name, versions);
    current = Map.copyOf(next);
  }
}
