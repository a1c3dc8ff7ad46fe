package io.millrace.checkpoints.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.Samples;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ManifestTest {

  /** The changes that a trainer may make to a manifest. */
  enum Change {
    WRITE,
    WRITE_TO_SERVE_ONLY,
    WRITE_CHALLENGER,
    PROMOTE_OLDEST
  }

  @Property
  void with_anyHistory_keepsWhatIsNeededAndReusesSlots(
      @ForAll("histories") List<Change> history, @ForAll @IntRange(min = 1, max = 4) int retain) {
    // Given
    Manifest manifest = Manifest.empty("letters");
    for (Change change : history) {

      // When
      Manifest newer = apply(change, manifest, retain);

      // Then
      assertThat(newer.latest().isPresent()).isEqualTo(newer.latestVersion() > 0);
      assertThat(newer.champion().isPresent()).isEqualTo(newer.championVersion() > 0);
      assertThat(newer.predecessor().isPresent()).isEqualTo(newer.predecessorVersion() > 0);
      assertThat(newer.latestVersion()).isGreaterThanOrEqualTo(manifest.latestVersion());
      assertThat(newer.nextVersion()).isGreaterThanOrEqualTo(manifest.nextVersion());
      assertThat(newer.checkpoints()).extracting(StoredCheckpoint::version).isSorted();
      assertThat(newer.checkpoints()).extracting(s -> s.weights().slot()).doesNotHaveDuplicates();
      assertThat(newer.checkpoints()).hasSizeLessThanOrEqualTo(retain + 3);
      assertThat(newer.freeSlot()).isLessThanOrEqualTo(retain + 3);
      manifest = newer;
    }
  }

  @Test
  void with_allServedAtOnce_usesOneSlotMoreThanAreRetained() {
    // Given
    Manifest manifest = Manifest.empty("letters");

    // When
    for (int i = 0; i < 5; i++) {
      manifest = apply(Change.WRITE, manifest, 3);
    }

    // Then
    assertThat(manifest.checkpoints())
        .extracting(StoredCheckpoint::version)
        .containsExactly(3L, 4L, 5L);
    assertThat(manifest.checkpoints()).extracting(s -> s.weights().slot()).containsExactly(2, 3, 0);
    assertThat(manifest.freeSlot()).isEqualTo(1);
  }

  @Test
  void droppedBy_newerManifest_areThoseItLacks() {
    // Given
    Manifest older = apply(Change.WRITE, apply(Change.WRITE, Manifest.empty("letters"), 2), 2);

    // When
    Manifest newer = apply(Change.WRITE, older, 2);

    // Then
    assertThat(older.droppedBy(newer)).extracting(StoredCheckpoint::version).containsExactly(1L);
  }

  @Test
  void with_versionsToKeep_neverDropsThemOrReusesTheirSlots() {
    // Given
    Manifest manifest = Manifest.empty("letters");

    // When
    for (int i = 0; i < 9; i++) {
      manifest = manifest.with(stored(manifest, true), 2, Set.of(1L, 4L), newest(manifest));
    }

    // Then
    assertThat(manifest.checkpoints())
        .extracting(StoredCheckpoint::version)
        .containsExactly(1L, 4L, 8L, 9L);
    assertThat(manifest.checkpoints()).extracting(s -> s.weights().slot()).doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<Change>> histories() {
    return Arbitraries.of(Change.class).list().ofMaxSize(30);
  }

  private static Manifest apply(Change change, Manifest manifest, int retain) {
    return switch (change) {
      case WRITE -> manifest.with(stored(manifest, true), retain, Set.of(), newest(manifest));
      case WRITE_TO_SERVE_ONLY ->
          manifest.with(stored(manifest, false), retain, Set.of(), newest(manifest));
      case WRITE_CHALLENGER ->
          manifest.with(
              stored(manifest, true),
              retain,
              Set.of(),
              new Champion(manifest.championVersion(), manifest.predecessorVersion()));
      case PROMOTE_OLDEST ->
          manifest.checkpoints().isEmpty()
              ? manifest
              : manifest.withChampion(manifest.checkpoints().get(0).version());
    };
  }

  private static Champion newest(Manifest manifest) {
    return new Champion(manifest.nextVersion(), manifest.championVersion());
  }

  private static StoredCheckpoint stored(Manifest manifest, boolean withState) {
    StoredPart part = new StoredPart(manifest.freeSlot(), 1, 1, Samples.SHA_256, 0);
    return new StoredCheckpoint(
        manifest.nextVersion(), part, withState ? part : null, Samples.summary(1));
  }
}
