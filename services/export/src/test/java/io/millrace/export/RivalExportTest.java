package io.millrace.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.model.Weights;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One of several rivals leaves as a model of its own. */
class RivalExportTest {
  private static final Map<String, Object> DENSE =
      Map.of("type", "dense", "units", 1, "use_bias", false);

  private final ModelDefinition definition =
      ModelDefinition.read(
          Section.root(
              Map.of(
                  "inputs", Map.of("x", Map.of("fields", List.of("x"))),
                  "outputs", Map.of("y", Map.of()),
                  "network", Map.of("layers", List.of(DENSE)),
                  "rivals",
                      List.of(
                          Map.of("name", "default"),
                          Map.of(
                              "name",
                              "deep",
                              "network",
                              Map.of("layers", List.of(DENSE, DENSE)),
                              "training",
                              Map.of("optimizer", Map.of("learning_rate", 0.5)))))));

  @Test
  void theRivalWithTheLargestShareLeavesUnlessOneIsNamed() {
    ExportedModel leader = exported(Optional.empty());
    ExportedModel named = exported(Optional.of("default"));

    assertThat(leader.rival()).map(Rival::name).hasValue("deep");
    assertThat(leader.share()).isEqualTo(0.75);
    assertThat(leader.definition().network().layers()).hasSize(2);
    assertThat(leader.weights(leader.definition().network().layers().get(1)))
        .extractingByKey("kernel")
        .extracting(Values::flat)
        .isEqualTo(new float[] {3});
    assertThat(named.share()).isEqualTo(0.25);
    assertThat(named.definition().network().layers()).hasSize(1);
    assertThat(named.identity()).containsEntry("rival", "default");
    assertThat(named.identity().get("parameters_sha256"))
        .isNotEqualTo(leader.identity().get("parameters_sha256"));
  }

  @Test
  void theOptimizerIsTheRivals() {
    OptimizerDefinition document =
        OptimizerDefinition.read(
            Section.root(Map.of("type", "adam", "beta_1", 0.8, "learning_rate", 0.1)));

    assertThat(exported(Optional.of("default")).optimizer(document)).isSameAs(document);
    assertThat(exported(Optional.of("deep")).optimizer(document).options())
        .isEqualTo(Map.of("type", "adam", "beta_1", 0.8, "learning_rate", 0.5));
  }

  @Test
  void anUnknownRivalIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> exported(Optional.of("wide")))
        .isInstanceOf(UnknownRivalException.class)
        .hasMessage("the version has default, deep");
    assertThatThrownBy(
            () ->
                new ExportedModel(
                    "m", 3, definition.withRivals(List.of()), alone(), Optional.of("wide")))
        .hasMessage("the version has no rivals");
  }

  private ExportedModel exported(Optional<String> rival) {
    Weights weights = new Weights(definition);
    weights.members().get(0).setParameters(new float[] {1});
    weights.members().get(1).setParameters(new float[] {2, 3});
    weights.shares()[0] = 0.25f;
    weights.shares()[1] = 0.75f;
    State state = new State();
    weights.save(state);
    return new ExportedModel("m", 3, definition, state, rival);
  }

  private State alone() {
    State state = new State();
    new Weights(definition.withRivals(List.of())).save(state);
    return state;
  }
}
