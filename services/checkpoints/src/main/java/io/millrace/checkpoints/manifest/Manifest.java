package io.millrace.checkpoints.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The stored checkpoints of a model, with the one to resume from and the one to serve.
 *
 * @param model the model's name
 * @param checkpoints the retained checkpoints, oldest first; empty if a line has just begun
 * @param latestSequence the version to resume from, the newest with a state; 0 if there is none
 * @param championSequence the version to serve; 0 if there is none
 * @param predecessorSequence the version that a rollback restores; 0 if there is none
 * @param lineage the line of the versions, and the writer's term
 */
public record Manifest(
    String model,
    List<StoredCheckpoint> checkpoints,
    long latestVersion,
    long championVersion,
    long predecessorVersion,
    Lineage lineage) {

  public Manifest {
    checkpoints = List.copyOf(checkpoints);
  }

  public static Manifest empty(String model) {
    return new Manifest(model, List.of(), 0, 0, 0, Lineage.NONE);
  }

  /** Returns the checkpoint to resume from. */
  public Optional<StoredCheckpoint> latest() {
    return version(latestVersion);
  }

  /** Returns the checkpoints that can be resumed from, newest first. */
  public List<StoredCheckpoint> resumable() {
    return resumableFrom(latestVersion);
  }

  /** Returns the checkpoints up to a version that can be resumed from, newest first. */
  List<StoredCheckpoint> resumableFrom(long newest) {
    return checkpoints.stream()
        .filter(stored -> stored.state() != null && stored.version() <= newest)
        .sorted(Comparator.comparingLong(StoredCheckpoint::version).reversed())
        .toList();
  }

  /** Returns the checkpoint to serve. */
  public Optional<StoredCheckpoint> champion() {
    return version(championVersion);
  }

  /** Returns the checkpoint that a rollback restores. */
  public Optional<StoredCheckpoint> predecessor() {
    return version(predecessorVersion);
  }

  /** Returns the checkpoint of that version where it is retained. */
  public Optional<StoredCheckpoint> version(long version) {
    return checkpoints.stream().filter(stored -> stored.version() == version).findFirst();
  }

  /** Returns the version of the checkpoint that is written next. */
  public long nextVersion() {
    return checkpoints.isEmpty() ? 1 : checkpoints.get(checkpoints.size() - 1).version() + 1;
  }

  /** Returns the lowest slot that none of these checkpoints occupies. */
  public int freeSlot() {
    return IntStream.iterate(0, slot -> slot + 1)
        .filter(slot -> checkpoints.stream().noneMatch(stored -> stored.occupies(slot)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns this manifest with a newer checkpoint. It retains the newest {@code retain} checkpoints
   * and, regardless of age, those in {@code keep}, the one to resume from, the one to serve and its
   * predecessor. If the one to serve is lost, the newest takes its place.
   */
  public Manifest with(StoredCheckpoint newest, int retain, Set<Long> keep, Champion champion) {
    long latest = newest.state() == null ? latestVersion : newest.version();
    List<StoredCheckpoint> all = Stream.concat(checkpoints.stream(), Stream.of(newest)).toList();
    long oldestByNumber = all.get(Math.max(0, all.size() - retain)).version();
    List<StoredCheckpoint> kept =
        all.stream()
            .filter(
                stored ->
                    stored.version() >= oldestByNumber
                        || keep.contains(stored.version())
                        || stored.version() == latest
                        || stored.version() == champion.version()
                        || stored.version() == champion.predecessor())
            .toList();
    return new Manifest(
        model,
        kept,
        latest,
        champion.version() == 0 ? 0 : among(kept, champion.version(), newest.version()),
        among(kept, champion.predecessor(), 0),
        lineage);
  }

  /** Returns this manifest with another lineage, for another trainer or topic. */
  public Manifest of(Lineage newer) {
    return new Manifest(
        model, checkpoints, latestVersion, championVersion, predecessorVersion, newer);
  }

  private static long among(List<StoredCheckpoint> kept, long version, long otherwise) {
    return kept.stream().anyMatch(stored -> stored.version() == version) ? version : otherwise;
  }

  public Manifest withChampion(long version) {
    return new Manifest(model, checkpoints, latestVersion, version, predecessorVersion, lineage);
  }

  /** Returns the checkpoints of this manifest that are not in {@code newer}. */
  public List<StoredCheckpoint> droppedBy(Manifest newer) {
    return checkpoints.stream()
        .filter(stored -> newer.version(stored.version()).isEmpty())
        .toList();
  }
}
