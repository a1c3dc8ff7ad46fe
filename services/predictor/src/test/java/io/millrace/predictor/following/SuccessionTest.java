package io.millrace.predictor.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.Lineage;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.predictor.Logged;
import io.millrace.runtime.lifecycle.Health;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private final ServedModels served = new ServedModels(Set.of("echo"));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Long> retired = new ArrayList<>();
  private final Succession succession =
      new Succession(
          "echo",
          served,
          new FollowingMetrics(meters, "echo"),
          version -> retired.add(version.number()));
  private final List<Long> loads = new ArrayList<>();
  private final Set<Long> corrupt = new HashSet<>();
  private final Set<Long> incompatible = new HashSet<>();
  private final Set<Long> gone = new HashSet<>();

  @Test
  void follow_firstManifest_servesChampionAndRetained() {
    follow(2, 1, 2, 3);

    assertThat(loads).containsExactly(2L, 1L, 3L);
    assertServed(2, "3", "2", "1");
  }

  @Test
  void follow_newChampion_loadsOnlyWhatIsNewAndForgetsWhatIsDropped() {
    follow(2, 1, 2);
    loads.clear();

    follow(3, 2, 3);

    assertThat(loads).containsExactly(3L);
    assertServed(3, "3", "2");
  }

  @Test
  void follow_olderManifest_isRefused() {
    follow(3, 2, 3);

    follow(2, 1, 2);

    assertServed(3, "3", "2");
    assertThat(refusals()).isEqualTo(1);
  }

  @Test
  void follow_manifestWithoutAChampion_servesNothingAndSaysWhy() {
    follow(0, 1, 2);

    ServedVersions now = served.versionsOf("echo");
    assertThat(loads).isEmpty();
    assertThat(now.version("latest")).isNull();
    assertThat(now.version("2")).isNull();
    assertThat(now.absence())
        .isEqualTo(
            "learned from 15 of 19 records, nothing is served yet: champion.min_trained records"
                + " and an evaluation come first")
        .isEqualTo(succession.absence());

    follow(3, 2, 3);

    assertServed(3, "3", "2");
  }

  @Test
  void follow_anotherLineWithoutAChampion_servesTheOldChampionAlone() {
    follow(7, 6, 7);

    succession.follow(manifest("another", 0, 1, 2), this::load);

    assertThat(Objects.requireNonNull(succession.champion()).number()).isEqualTo(7);
    assertThat(served.versionsOf("echo").version("latest")).isSameAs(succession.champion());
    assertThat(served.versionsOf("echo").version("1")).isNull();
  }

  @Test
  void follow_anotherLine_startsOverWithItsNumbersAndServesTheOldChampionUntilThen() {
    follow(7, 6, 7);
    ServedModel old = Objects.requireNonNull(succession.champion());
    loads.clear();

    succession.follow(manifest("another", 0), this::load);
    assertThat(succession.champion()).isSameAs(old);

    succession.follow(manifest("another", 1, 1), this::load);
    succession.follow(manifest("another", 7, 1, 7), this::load);

    assertThat(loads).containsExactly(1L, 7L);
    assertServed(7, "7", "1");
    assertThat(succession.champion()).isNotSameAs(old);
    assertThat(retired).containsExactlyInAnyOrder(6L, 7L);
    assertThat(refusals()).isZero();
  }

  @Test
  void follow_checkpointsThatAreLoaded_takesTheTimeOfEachOnce() {
    follow(2, 1, 2);
    corrupt.add(4L);

    follow(3, 2, 3, 4);

    assertThat(meters.get("millrace.serving.load").timer().count()).isEqualTo(3);
    assertThat(meters.get("millrace.serving.load").timer().totalTime(TimeUnit.NANOSECONDS))
        .isPositive();
  }

  @Test
  void follow_championTakenBack_servesTheOlderVersion() {
    follow(3, 2, 3);

    follow(2, 2, 3);

    assertServed(2, "3", "2");
    assertThat(refusals()).isZero();
  }

  @Test
  void follow_corruptChampion_keepsTheOldOneAndReadsItOnce() {
    follow(1, 1);
    corrupt.add(2L);

    follow(2, 1, 2);
    follow(2, 1, 2);

    assertServed(1, "1");
    assertThat(loads).containsExactly(1L, 2L);
    assertThat(refusals()).isEqualTo(1);
  }

  @Test
  void follow_corruptChampionAndNothingElseRetained_keepsTheOldOne() {
    follow(1, 1);
    corrupt.add(5L);

    follow(5, 5);

    assertServed(1, "1");
  }

  @Test
  void follow_checkpointGoneMeanwhile_waitsForTheNextManifest() {
    gone.add(1L);
    follow(1, 1);
    assertThat(succession.champion()).isNull();
    assertThat(refusals()).isZero();

    follow(2, 2);

    assertServed(2, "2");
  }

  @Test
  void follow_refusedCheckpoint_logsAnEventWithTheReasonAndTheOldModelStays() {
    try (Logged log = new Logged(Succession.class.getName())) {
      follow(4, 4);
      corrupt.add(5L);
      incompatible.add(6L);

      follow(5, 4, 5);
      follow(6, 4, 6);
      follow(3, 3);

      assertThat(log.lines())
          .containsExactly(
              "WARN Checkpoint refused [model=\"echo\", version=\"5\", reason=\"altered\"]",
              "WARN Checkpoint refused [model=\"echo\", version=\"6\","
                  + " reason=\"parameters do not fit\"]",
              "WARN Checkpoint refused [model=\"echo\", version=\"3\","
                  + " reason=\"older than 6, known before\"]");
      assertServed(4, "4");
      assertThat(refusals()).isEqualTo(3);
    }
  }

  @Test
  void follow_versionDroppedWithCallsUnderWay_isRetiredOnceTheyHaveEnded() {
    follow(1, 1);
    ServedModel first = Objects.requireNonNull(succession.champion());
    assertThat(first.begin()).isTrue();

    follow(2, 2);
    assertThat(retired).isEmpty();
    assertThat(first.begin()).isTrue();

    first.end();
    first.end();
    follow(3, 2, 3);
    assertThat(retired).containsExactly(1L);
    assertThat(first.begin()).isFalse();
    assertThat(Objects.requireNonNull(succession.champion()).begin()).isTrue();
  }

  @Test
  void follow_versionsThatEnsemblesAnswerFrom_areNotRetired() {
    EnsembleSettings both =
        new EnsembleSettings(
            "both",
            List.of(new EnsembleSettings.Member("echo", "champion")),
            EnsembleSettings.Weighting.UNIFORM,
            Optional.empty());
    ServedModels together =
        new ServedModels(Set.of("echo"), List.of(both), Clock.systemUTC(), new Health());
    Succession members =
        new Succession(
            "echo",
            together,
            new FollowingMetrics(meters, "echo"),
            version -> retired.add(version.number()));

    members.follow(manifest(1, 1), this::load);
    members.follow(manifest(2, 2), this::load);

    assertThat(retired).isEmpty();
  }

  private void follow(long champion, long... versions) {
    succession.follow(manifest(champion, versions), this::load);
  }

  private static Manifest manifest(long champion, long... versions) {
    return manifest("line", champion, versions);
  }

  private static Manifest manifest(String line, long champion, long... versions) {
    List<StoredCheckpoint> stored =
        LongStream.of(versions).mapToObj(SuccessionTest::stored).toList();
    return new Manifest("echo", stored, 0, champion, 0, new Lineage(line, 1, ""));
  }

  private Optional<ServedModel> load(StoredCheckpoint stored) {
    loads.add(stored.version());
    if (corrupt.contains(stored.version())) {
      throw new CheckpointFormatException("altered", null);
    }
    if (incompatible.contains(stored.version())) {
      throw new UnservableException("parameters do not fit", null);
    }
    return gone.contains(stored.version())
        ? Optional.empty()
        : Optional.of(TestModels.echo(stored.version()));
  }

  private void assertServed(long champion, String... versions) {
    ServedVersions now = Objects.requireNonNull(served.of("echo"));
    assertThat(Objects.requireNonNull(now.champion()).number()).isEqualTo(champion);
    assertThat(now.version("")).isSameAs(now.version(Long.toString(champion)));
    assertThat(now.newestFirst().map(ServedModel::version)).containsExactly(versions);
  }

  private double refusals() {
    return meters.get("millrace.serving.refusals").counter().count();
  }

  private static StoredCheckpoint stored(long version) {
    StoredPart part = new StoredPart(0, 1, 1, "00", 0);
    return new StoredCheckpoint(version, part, null, TestModels.summary());
  }
}
