package io.millrace.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberedMembersTest {

  @Test
  void read_numberedMemberThatIsNotKept_isReported() {
    Section root = root("letters:1", List.of(2));
    PredictorSettings.read(root);

    assertThatThrownBy(root::finish)
        .hasMessageContaining(
            "serving.ensembles.duo.members: names letters:1, which is dropped after a while;"
                + " allowed: versions of checkpoints.keep");
  }

  @Test
  void read_memberThatIsNotServed_isReported() {
    Section root = root("letters", "digits", List.of(2));
    PredictorSettings.read(root);

    assertThatThrownBy(root::finish)
        .hasMessageContaining("names digits, which is not served; allowed: models of serving");
  }

  @Test
  void read_numberedMembersThatAreKeptOrAnothersToKeep_areTaken() {
    for (String member : List.of("letters:2", "letters:latest", "digits:7")) {
      Section root = root(member, List.of(2));

      PredictorSettings settings = PredictorSettings.read(root);

      root.finish();
      assertThat(settings.ensembles().get(0).members()).hasSize(2);
    }
  }

  @Test
  void read_shadowThatIsNotKept_isReported() {
    Section root = shadow("letters:12", List.of(2));
    PredictorSettings.read(root);

    assertThatThrownBy(root::finish)
        .hasMessageContaining(
            "serving.shadow: names letters:12, which is dropped after a while; allowed: versions of"
                + " checkpoints.keep");
  }

  @Test
  void read_shadowThatIsNotServedOrNoVersion_isReported() {
    Section root = shadow("digits:7", List.of());
    PredictorSettings.read(root);
    assertThatThrownBy(root::finish)
        .hasMessageContaining("serving.shadow: names digits:7, which is not served");

    Section word = shadow("letters:newest", List.of());
    PredictorSettings.read(word);
    assertThatThrownBy(word::finish).hasMessageContaining("serving.shadow: is letters:newest");
  }

  @Test
  void read_shadowThatIsKeptOrFollowsTheModel_isTaken() {
    for (String shadow : List.of("letters:2", "letters:latest", "challenger", "latest")) {
      Section root = shadow(shadow, List.of(2));

      PredictorSettings settings = PredictorSettings.read(root);

      root.finish();
      assertThat(settings.answering().routing().shadow()).contains(shadow);
    }
  }

  private static Section shadow(String shadow, List<Integer> keep) {
    return Section.root(
        Map.of(
            "model",
            "letters",
            "kafka",
            Map.of("bootstrap_servers", "127.0.0.1:1"),
            "checkpoints",
            Map.of("keep", keep),
            "serving",
            Map.of("shadow", shadow, "prediction_log", Map.of("topic", "predictions"))));
  }

  private static Section root(String member, List<Integer> keep) {
    return root("*", member, keep);
  }

  private static Section root(String served, String member, List<Integer> keep) {
    return Section.root(
        Map.of(
            "model",
            "letters",
            "kafka",
            Map.of("bootstrap_servers", "127.0.0.1:1"),
            "checkpoints",
            Map.of("keep", keep),
            "serving",
            Map.of(
                "models",
                List.of(served),
                "ensembles",
                Map.of("duo", Map.of("members", List.of("letters", member))))));
  }
}
