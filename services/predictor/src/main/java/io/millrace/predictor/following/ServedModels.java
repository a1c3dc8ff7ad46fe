package io.millrace.predictor.following;

import io.millrace.runtime.lifecycle.Health;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The models and ensembles that can answer right now. The following threads write it; any thread
 * may read it.
 *
 * <p>A reader gets one immutable map, so it never sees half of a swap.
 */
public final class ServedModels {
  private final List<Ensemble> ensembles;
  private final Health health;

  /** The members of ensembles: models only, so no ensemble contains itself. */
  private final Map<String, ServedVersions> followed = new HashMap<>();

  private final Map<String, VersionStatistics> statistics = new ConcurrentHashMap<>();
  private volatile Map<String, ServedVersions> current;

  /** Starts with models that have no version yet. */
  public ServedModels(Set<String> names) {
    this(names, List.of(), Clock.systemUTC(), new Health());
  }

  /**
   * Starts with models and ensembles that have no version yet.
   *
   * @param health is told which ensembles cannot answer, and why
   */
  public ServedModels(
      Set<String> names, List<EnsembleSettings> ensembles, Clock clock, Health health) {
    this.health = health;
    this.ensembles = ensembles.stream().map(settings -> new Ensemble(settings, clock)).toList();
    Map<String, ServedVersions> empty = new HashMap<>();
    names.forEach(name -> empty.put(name, ServedVersions.NONE));
    assemble(empty);
    current = Map.copyOf(empty);
  }

  /** Returns whether versions of a model may also answer as part of an ensemble. */
  boolean hasEnsembles() {
    return !ensembles.isEmpty();
  }

  public Set<String> names() {
    return current.keySet();
  }

  /** Returns the versions of a model; null if no such model is served. */
  public @Nullable ServedVersions of(String name) {
    return current.get(name);
  }

  /** Returns the versions of a model; {@link ServedVersions#NONE} if no such model is served. */
  public ServedVersions versionsOf(String name) {
    return current.getOrDefault(name, ServedVersions.NONE);
  }

  /** Returns the statistics over all versions of a model; null before its first version. */
  public @Nullable VersionStatistics statisticsOf(String name) {
    return statistics.get(name);
  }

  /** Adds a model without a version; does nothing if the model is known. */
  public void add(String name) {
    if (!current.containsKey(name)) {
      replace(name, ServedVersions.NONE);
    }
  }

  /** Serves one model for all keys of a fleet that have none of their own. */
  public void serveTemplate(ServedModel template) {
    replace(template.name(), ServedVersions.of(template, Map.of(template.version(), template)));
  }

  synchronized void replace(String name, ServedVersions versions) {
    followed.put(name, versions);
    Map<String, ServedVersions> next = new HashMap<>(current);
    next.put(name, versions);
    assemble(next);
    next.values().forEach(served -> served.retained().values().forEach(this::count));
    current = Map.copyOf(next);
  }

  private void count(ServedModel version) {
    version
        .statistics()
        .countIn(statistics.computeIfAbsent(version.name(), name -> version.newStatistics()));
  }

  private synchronized void assemble(Map<String, ServedVersions> served) {
    for (Ensemble ensemble : ensembles) {
      ServedVersions versions = ensemble.assemble(followed);
      served.put(ensemble.name(), versions);
      String part = "model " + ensemble.name();
      if (versions.champion() == null) {
        health.notReady(part, "it has " + versions.absence());
      } else {
        health.ready(part);
      }
    }
  }
}
