package io.millrace.predictor.following;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.runtime.LogKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides from the manifests which versions of one model are served.
 *
 * <p>A manifest without a champion says that the model has not learned enough: none of its versions
 * is served, not even by number. The champion is swapped in first. The other retained versions
 * follow, for callers who name one. A manifest that lacks the newest checkpoint ever seen is
 * ignored. So the served version goes back only if a manifest goes back to an older champion or
 * begins a new line of versions, whose numbers do not compare. A checkpoint that cannot be served
 * is refused for good, and the version that was served before stays.
 *
 * <p>Owned by the following thread.
 */
final class Succession {
  /** For a refusal that concerns no checkpoint. */
  static final long NO_VERSION = 0;

  private static final Logger LOGGER = LoggerFactory.getLogger(Succession.class);

  private final String model;
  private final ServedModels served;
  private final FollowingMetrics metrics;
  private final Consumer<ServedModel> onRetired;
  private final Map<Long, ServedModel> retained = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();

  /** Versions that are no longer served but may still have calls in flight. */
  private final List<ServedModel> leaving = new ArrayList<>();

  private @Nullable String line;
  private long newestSeen = NO_VERSION;
  private @Nullable ServedModel champion;
  private String absence = ServedVersions.NONE.absence();

  /**
   * @param onRetired takes versions that no call can reach any more
   */
  Succession(
      String model,
      ServedModels served,
      FollowingMetrics metrics,
      Consumer<ServedModel> onRetired) {
    this.onRetired = onRetired;
    this.model = model;
    this.served = served;
    this.metrics = metrics;
  }

  @Nullable ServedModel champion() {
    return champion;
  }

  /**
   * Returns why there is no champion, as a phrase that follows "has"; valid while there is none.
   */
  String absence() {
    return absence;
  }

  /**
   * Serves the versions of a manifest.
   *
   * @param load reads a checkpoint and prepares it for serving; empty if the checkpoint has been
   *     dropped meanwhile
   */
  void follow(Manifest manifest, Function<StoredCheckpoint, Optional<ServedModel>> load) {
    goTo(manifest.lineage().line());
    List<StoredCheckpoint> checkpoints = manifest.checkpoints();
    long newest =
        checkpoints.isEmpty() ? NO_VERSION : checkpoints.get(checkpoints.size() - 1).version();
    if (newest < newestSeen) {
      refuse(
          newest,
          new UnservableException("older than %d, known before".formatted(newestSeen), null));
      return;
    }
    newestSeen = newest;
    if (manifest.championVersion() == 0) {
      awaitChampion(manifest);
    } else {
      absence = ServedVersions.NONE.absence();
      manifest.champion().flatMap(stored -> obtain(stored, load)).ifPresent(this::crown);
      checkpoints.forEach(stored -> obtain(stored, load));
    }
    retained.values().removeIf(version -> isLeaving(version, manifest));
    refused.removeIf(number -> isDropped(number, manifest));
    publish();
    leaving.removeIf(this::isRetired);
  }

  /**
   * Equal numbers of two lines are different versions. The champion stays until the new line has
   * one.
   */
  private void goTo(String next) {
    if (line != null && !line.equals(next)) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.MODEL, model)
          .log("The model's versions begin anew; the newest before was {}", newestSeen);
      retained.values().stream().filter(each -> each != champion).forEach(leaving::add);
      retained.clear();
      refused.clear();
      newestSeen = NO_VERSION;
    }
    line = next;
  }

  private void awaitChampion(Manifest manifest) {
    boolean isFirst = absence.equals(ServedVersions.NONE.absence());
    absence = Unserved.absence(manifest);
    if (isFirst && champion == null && !manifest.checkpoints().isEmpty()) {
      LOGGER
          .atInfo()
          .addKeyValue(LogKeys.MODEL, model)
          .addKeyValue(LogKeys.REASON, "it has " + absence)
          .log("Serves nothing yet");
    }
  }

  private boolean isLeaving(ServedModel version, Manifest manifest) {
    return isDropped(version.number(), manifest) && leaving.add(version);
  }

  /**
   * Retires a leaving version; returns whether it can be forgotten. Calls to an ensemble are not
   * counted for its members, so with ensembles no version is retired.
   */
  private boolean isRetired(ServedModel version) {
    boolean retired = !served.hasEnsembles() && version.retire();
    if (retired) {
      onRetired.accept(version);
    }
    return retired || served.hasEnsembles();
  }

  /** Takes note of something that cannot be served. */
  void refuse(long number, RuntimeException reason) {
    metrics.refused();
    LOGGER
        .atWarn()
        .addKeyValue(LogKeys.MODEL, model)
        .addKeyValue(LogKeys.VERSION, number)
        .addKeyValue(LogKeys.REASON, reason.getMessage())
        .log("Checkpoint refused");
  }

  private Optional<ServedModel> obtain(
      StoredCheckpoint stored, Function<StoredCheckpoint, Optional<ServedModel>> load) {
    long number = stored.version();
    if (retained.containsKey(number) || refused.contains(number)) {
      return Optional.ofNullable(retained.get(number));
    }
    try {
      long begun = System.nanoTime();
      Optional<ServedModel> loaded = load.apply(stored);
      loaded.ifPresent(
          version -> {
            retained.put(number, version);
            metrics.loaded(Duration.ofNanos(System.nanoTime() - begun));
          });
      return loaded;
    } catch (CheckpointFormatException | UnservableException e) {
      refused.add(number);
      refuse(number, e);
      return Optional.empty();
    }
  }

  private void crown(ServedModel next) {
    if (next == champion) {
      return;
    }
    if (champion == null) {
      LOGGER
          .atInfo()
          .addKeyValue(LogKeys.MODEL, model)
          .addKeyValue(LogKeys.VERSION, next.number())
          .log("Serving");
    }
    if (champion != null && retained.get(champion.number()) != champion) {
      leaving.add(champion); // of another line
    }
    champion = next;
    metrics.swapped(next);
    publish();
  }

  private void publish() {
    Map<String, ServedModel> versions = new HashMap<>();
    retained.values().forEach(version -> versions.put(version.version(), version));
    served.replace(
        model,
        champion == null && versions.isEmpty()
            ? ServedVersions.none(absence)
            : ServedVersions.of(champion, versions));
  }

  private boolean isDropped(long number, Manifest manifest) {
    return manifest.version(number).isEmpty() && (champion == null || champion.number() != number);
  }
}
