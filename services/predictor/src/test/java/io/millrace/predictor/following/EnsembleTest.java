package io.millrace.predictor.following;

import static io.millrace.predictor.following.EnsembleSettings.Weighting.UNIFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.predictor.following.EnsembleSettings.Member;
import io.millrace.predictor.following.EnsembleSettings.Weighting;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  private static final Optional<List<Double>> NO_WEIGHTS = Optional.empty();
  private static final Health HEALTH = new Health();
  private static final List<Member> TWO = List.of(new Member("a", ""), new Member("b", "latest"));

  @Test
  void assemble_uniform_isTheMeanForEveryRow() {
    ServedModel mean = ensemble(Weighting.UNIFORM, Optional.empty());

    assertThat(sums(mean, 1, 2, 3)).containsExactly(5, 6, 7); // 1 + 4, and so on: biases 0 and 8
    assertThat(sums(mean, 10)).containsExactly(14);
  }

  @Test
  void assemble_weightsGiven_isTheirMean() {
    ServedModel mean = ensemble(Weighting.UNIFORM, Optional.of(List.of(3.0, 1.0)));

    assertThat(sums(mean, 1)).containsExactly(3);
    assertThat(Objects.requireNonNull(mean.provenance().get("members")).getStringParam())
        .isEqualTo("a:1=0.7500,b:2=0.2500");
  }

  @Test
  void assemble_byWindowLoss_countsTheBetterMore() {
    ServedModel mean = ensemble(Weighting.WINDOW_LOSS, Optional.empty());

    // Losses 0.1 and 0.3 give weights 3/4 and 1/4.
    assertThat(sums(mean, 1)[0]).isCloseTo(3, Offset.offset(1e-5f));
  }

  @Test
  void assemble_membersOfOneVersion_answersWithThatVersion() {
    for (List<Member> members :
        List.of(
            List.of(new Member("a", ""), new Member("a", "latest")),
            List.of(new Member("a", ""), new Member("a", ""), new Member("a", "1")))) {
      ServedModels served = served(new EnsembleSettings("mean", members, UNIFORM, NO_WEIGHTS));
      TestModels.publish(served, TestModels.biased("a", 1, 5, 0.1));

      assertThat(sums(champion(served), 1, 2, 3)).containsExactly(6, 7, 8);
      assertThat(sums(champion(served), 4)).containsExactly(9);
    }
  }

  @Test
  void assemble_versionNamedTwice_countsTwice() {
    List<Member> members =
        List.of(new Member("a", ""), new Member("a", "latest"), new Member("b", ""));
    ServedModels served = served(new EnsembleSettings("mean", members, UNIFORM, NO_WEIGHTS));
    TestModels.publish(served, TestModels.biased("a", 1, 0, 0.1));
    TestModels.publish(served, TestModels.biased("b", 2, 9, 0.1));

    assertThat(sums(champion(served), 1)).containsExactly(4);
  }

  @Test
  void assemble_weightOfZero_leavesOutWhatIsNotFinite() {
    Optional<List<Double>> weights = Optional.of(List.of(1.0, 0.0));
    ServedModels served = served(new EnsembleSettings("mean", TWO, UNIFORM, weights));
    TestModels.publish(served, TestModels.biased("a", 1, 0, 0.1));
    TestModels.publish(served, TestModels.biased("b", 2, Float.MAX_VALUE, 0.1));

    assertThat(sums(champion(served), Float.MAX_VALUE)).containsExactly(Float.MAX_VALUE);
  }

  @Test
  void run_memberThatFails_leavesNoRowsToTheOthers() {
    ServedModel fails = TestModels.failing(1);
    ServedModel works = TestModels.echo(2);
    Map<Computation, Float> shares = new LinkedHashMap<>();
    shares.put(fails.computation(), 0.5f);
    shares.put(works.computation(), 0.5f);
    Computation mean = EnsembleComputation.of(shares, fails.signature().outputWidths());
    mean.rows().input(1)[0] = 13;
    mean.rows().advance();

    assertThatThrownBy(mean::run).isInstanceOf(IndexOutOfBoundsException.class);

    assertThat(works.computation().rows().size()).isZero();
  }

  @Test
  void read_ensembleOfItselfOrUnderAModelsName_isRefused() {
    Section serving =
        Section.root(
            Map.of(
                "ensembles",
                Map.of(
                    "duo", Map.of("members", List.of("a", "duo")),
                    "a", Map.of("members", List.of("b", "b:latest")))));

    EnsembleSettings.read(serving, List.of("a", "b"));

    assertThatThrownBy(serving::finish)
        .hasMessageContaining("ensembles.a: has the name of a model")
        .hasMessageContaining("ensembles.duo.members: is [a, duo]; allowed")
        .hasMessageContaining("models, no ensembles");
  }

  @Test
  void assemble_always_namesTheMembersVersions() {
    ServedModel mean = ensemble(Weighting.UNIFORM, Optional.empty());

    assertThat(mean.version()).isEqualTo("1+2");
    assertThat(mean.createdAt()).isEqualTo(TestModels.CREATED_AT);
  }

  @Test
  void replace_anotherVersionOfAMember_isAnotherEnsemble() {
    ServedModels served = served(settings(Weighting.UNIFORM, Optional.empty()));
    assertThat(served.versionsOf("mean").champion()).isNull();
    TestModels.publish(served, TestModels.biased("a", 1, 0, 0.1));
    assertThat(served.versionsOf("mean").champion()).isNull();
    TestModels.publish(served, TestModels.biased("b", 2, 8, 0.3));
    ServedModel first = champion(served);
    TestModels.publish(served, TestModels.biased("other", 7, 0, 1));
    assertThat(champion(served)).isSameAs(first);

    TestModels.publish(served, TestModels.biased("b", 3, 10, 0.3));

    assertThat(champion(served).version()).isEqualTo("1+3");
    assertThat(sums(champion(served), 1)).containsExactly(6);
  }

  @Test
  void replace_numberedMemberIsDropped_isNotReadyAndSaysWhichMember() {
    Health health = new Health();
    List<Member> pinned = List.of(new Member("a", ""), new Member("a", "1"));
    EnsembleSettings duo = new EnsembleSettings("duo", pinned, Weighting.UNIFORM, Optional.empty());
    ServedModels served = new ServedModels(Set.of("a"), List.of(duo), TestModels.CLOCK, health);
    assertThat(health.reasonsAgainstReadiness())
        .containsEntry(
            "model duo",
            "it has no version: its member 'a' has no version yet: no checkpoint was published");
    ServedModel first = TestModels.biased("a", 1, 0, 0.1);
    TestModels.publish(served, first);
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
    assertThat(served.versionsOf("duo").champion()).isNotNull();

    ServedModel second = TestModels.biased("a", 2, 8, 0.3);
    served.replace("a", ServedVersions.of(second, Map.of("2", second)));

    assertThat(served.versionsOf("duo").champion()).isNull();
    assertThat(health.reasonsAgainstReadiness())
        .containsEntry(
            "model duo",
            "it has no version: its member 'a:1' is not there; a trainer keeps the versions that"
                + " its checkpoints.keep names");
  }

  @Test
  void read_memberThatNoVersionCanBe_isReported() {
    Section serving =
        Section.root(
            Map.of("ensembles", Map.of("mean", Map.of("members", List.of("a", "b:newest")))));
    EnsembleSettings.read(serving, List.of());

    assertThatThrownBy(serving::finish).hasMessageContaining("MODEL or MODEL:VERSION");
  }

  @Test
  void read_section_isWhatItSays() {
    Section serving =
        Section.root(
            Map.of(
                "ensembles",
                Map.of(
                    "mean",
                    Map.of("members", List.of("a", "b:latest"), "weighting", "window_loss"))));

    assertThat(EnsembleSettings.read(serving, List.of("a", "b")))
        .containsExactly(settings(Weighting.WINDOW_LOSS, Optional.empty()));
    serving.finish();
  }

  private static ServedModel ensemble(Weighting weighting, Optional<List<Double>> weights) {
    ServedModels served = served(settings(weighting, weights));
    TestModels.publish(served, TestModels.biased("a", 1, 0, 0.1));
    TestModels.publish(served, TestModels.biased("b", 2, 8, 0.3));
    return champion(served);
  }

  private static EnsembleSettings settings(Weighting weighting, Optional<List<Double>> weights) {
    return new EnsembleSettings("mean", TWO, weighting, weights);
  }

  private static ServedModels served(EnsembleSettings ensemble) {
    return new ServedModels(Set.of("a", "b"), List.of(ensemble), TestModels.CLOCK, HEALTH);
  }

  private static ServedModel champion(ServedModels served) {
    return Objects.requireNonNull(served.versionsOf("mean").champion());
  }

  /** Returns the sums of rows whose inputs are 0 except for c. */
  private static float[] sums(ServedModel model, float... values) {
    ExampleBatch rows = model.computation().rows();
    for (int row = 0; row < values.length; row++) {
      rows.input(0)[2 * row] = 0;
      rows.input(0)[2 * row + 1] = 0;
      rows.input(1)[row] = values[row];
      rows.advance();
    }
    model.computation().run();
    float[] sums = new float[values.length];
    System.arraycopy(model.computation().output(1), 0, sums, 0, sums.length);
    return sums;
  }
}
