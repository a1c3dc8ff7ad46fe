package io.millrace.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.champion.Gate.Mode;
import io.millrace.learning.champion.GateSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Versions 4 and 5 are retained, and 5 is served. */
class ChampionControlTest {
  private final List<TrainingEvent.Builder> events = new ArrayList<>();
  private final Learner learner = learner();
  private final ChampionControl serving =
      new ChampionControl(
          learner.newGate(GateSettings.read(Section.root(Map.of()))), new Kept(), events::add);

  @Test
  void rollBack_predecessorThatIsAnother_isServedAgain() throws Exception {
    serves(5, 4);

    serving.rollBack(0);

    assertThat(serving.champion()).isEqualTo(4);
    assertThat(serving.mode()).isEqualTo(Mode.PINNED);
    assertThat(events.get(0).getRolledBack().getWorse()).isEqualTo(5);
  }

  @Test
  void rollBack_championThatHasStoodItsWatch_isRefused() {
    serves(5, 5);

    assertThatThrownBy(() -> serving.rollBack(0))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is no champion before version 5; name one that is kept: [4, 5]");
    assertThat(serving.mode()).isEqualTo(Mode.FOLLOWING);
    assertThat(events).isEmpty();
  }

  @Test
  void rollBack_versionThatIsNamed_isServed() throws Exception {
    serves(5, 5);

    serving.rollBack(4);

    assertThat(serving.champion()).isEqualTo(4);
  }

  private void serves(long champion, long predecessor) {
    State state = new State();
    serving.save(state);
    state.put("gate/champion", champion);
    state.put("gate/predecessor", predecessor);
    serving.restore(state);
  }

  private static Learner learner() {
    Section settings =
        Section.root(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", List.of("x"))),
                "outputs", Map.of("y", Map.of()),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));
    ModelDefinition model = ModelDefinition.read(settings);
    return new Learner(model, LearnerSettings.read(settings, model));
  }

  private final class Kept implements Versions {
    @Override
    public Optional<State> weights(long version) {
      return kept().contains(version) ? Optional.of(learner.weights()) : Optional.empty();
    }

    @Override
    public List<Long> kept() {
      return List.of(4L, 5L);
    }
  }
}
