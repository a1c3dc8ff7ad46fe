package io.millrace.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RivalSettingsTest {
  @Test
  void aDocumentWithoutTheSectionHasOneMember() {
    ModelDefinition definition = read(document(Map.of()));

    assertThat(definition.rivals()).isEmpty();
    assertThat(definition.members()).containsExactly(definition);
    assertThat(definition.tree()).containsOnlyKeys("inputs", "network", "outputs");
  }

  @Test
  void theNetworkOfALearnerTakesThePlaceOfTheDocuments() {
    ModelDefinition definition =
        read(
            document(
                Map.of(
                    "rivals",
                    Map.of(
                        "learners",
                        List.of(
                            Map.of("name", "default"),
                            Map.of("name", "small", "network", network(dense(4, "tanh"))))))));

    assertThat(definition.rivals()).extracting(Rival::name).containsExactly("default", "small");
    assertThat(definition.members())
        .extracting(member -> layers(member.network()))
        .containsExactly(List.of("dense 64", "dense 64", "dense 3"), List.of("dense 4", "dense 3"));
    assertThat(definition.members()).allMatch(member -> member.rivals().isEmpty());
  }

  @Test
  void aCheckpointsDefinitionReadsAsTheDocumentDid() {
    for (Object rivals : List.of("auto", Map.of("learners", "auto"), twoLearners())) {
      ModelDefinition definition = read(document(Map.of("rivals", rivals)));

      ModelDefinition again = read(definition.tree());

      assertThat(again.tree()).isEqualTo(definition.tree());
      assertThat(again.rivals())
          .extracting(rival -> layers(rival.network()))
          .isEqualTo(definition.rivals().stream().map(rival -> layers(rival.network())).toList());
      assertThat(String.valueOf(again.tree())).doesNotContain("auto");
    }
  }

  @Test
  void otherRivalsReplaceThoseOfTheDocument() {
    ModelDefinition definition = read(document(Map.of("rivals", "auto")));
    Rival one = definition.rivals().get(1);

    ModelDefinition changed = definition.withRivals(List.of(one));

    assertThat(changed.rivals()).containsExactly(one);
    assertThat(read(changed.withRivals(List.of()).tree()).rivals()).isEmpty();
    assertThat(changed.withRivals(List.of()).tree()).isEqualTo(read(document(Map.of())).tree());
  }

  @Test
  void automaticRivalsVaryTheDocumentsOwnNetworkAndRate() {
    List<Rival> rivals = read(document(Map.of("rivals", "auto"))).rivals();

    assertThat(rivals)
        .extracting(Rival::name)
        .containsExactly(
            "default", "fast", "slow", "online", "online-fast", "shallow", "narrow", "replay");
    assertThat(rivals)
        .extracting(rival -> rival.overrides().getOrDefault("training", Map.of()))
        .containsExactly(
            Map.of(),
            rate(8e-3),
            rate(5e-4),
            online(1e-3),
            online(4e-3),
            Map.of(),
            rate(3e-3),
            Map.of("replay", Map.of("size", 500, "ratio", 1)));
    assertThat(rivals)
        .extracting(rival -> layers(rival.network()))
        .containsExactly(
            List.of("dense 64", "dense 64", "dense 3"),
            List.of("dense 64", "dense 64", "dense 3"),
            List.of("dense 64", "dense 64", "dense 3"),
            List.of("dense 64", "dense 64", "dense 3"),
            List.of("dense 64", "dense 64", "dense 3"),
            List.of("dense 3"),
            List.of("dense 32", "dense 32", "dense 3"),
            List.of(
                "dense 64", "layer_normalization", "dense 64", "layer_normalization", "dense 3"));
  }

  @Test
  void automaticRivalsMultiplyTheDocumentsOwnRate() {
    Map<String, Object> adam = Map.of("optimizer", "adam");

    List<Rival> rivals = read(document(Map.of("rivals", "auto", "training", adam))).rivals();

    assertThat(rivals.get(1).overrides()).isEqualTo(Map.of("training", rate(4e-3)));
  }

  @Test
  void automaticRivalsMultiplyAScheduleThatGivesItsInitialRate() {
    Map<String, Object> schedule =
        Map.of("schedule", "exponential_decay", "decay_steps", 10, "decay_rate", 0.5);
    Map<String, Object> rated = new HashMap<>(schedule);
    rated.put("initial_learning_rate", 0.5);

    List<Rival> rivals = read(document(Map.of("rivals", "auto", "training", rate(rated)))).rivals();
    List<Rival> unrated =
        read(document(Map.of("rivals", "auto", "training", rate(schedule)))).rivals();

    assertThat(rivals.get(1).overrides())
        .isEqualTo(Map.of("training", rate(Map.of("initial_learning_rate", 2.0))));
    assertThat(unrated).extracting(Rival::name).containsExactly("default", "shallow", "replay");
  }

  @Test
  void automaticRivalsLeaveOutWhatANetworkWithoutHiddenDenseLayersHasNot() {
    Map<String, Object> reshaped = Map.of("type", "reshape", "target_shape", List.of(2, 1));
    Map<String, Object> lstm = Map.of("type", "lstm", "units", 8);

    List<Rival> rivals =
        read(document(Map.of("rivals", "auto", "network", network(reshaped, lstm)))).rivals();

    assertThat(rivals)
        .extracting(Rival::name)
        .containsExactly("default", "fast", "slow", "online", "online-fast", "replay");
    assertThat(rivals.get(5).overrides()).containsOnlyKeys("training");
  }

  @Test
  void reportsAllProblemsOfLearnersAtOnce() {
    List<Object> learners =
        List.of(
            Map.of("name", "a b", "training", Map.of("seed", 3)),
            Map.of("name", "twice", "network", network(Map.of("type", "dense"))),
            Map.of("name", "twice", "callbacks", Map.of()),
            Map.of("training", Map.of("batch_size", 1)),
            Map.of("name", "wrong", "network", Map.of("layers", List.of(dense(2, "softmax")))));

    assertThatThrownBy(() -> read(document(Map.of("rivals", learners))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rivals.learners[0].name: is a b; allowed: text, letters, digits")
        .hasMessageContaining("rivals.learners[0].training.seed: is not known here")
        .hasMessageContaining("rivals.learners[1].network.layers[0].units: is required")
        .hasMessageContaining("rivals.learners[2].name: is twice, which another learner has")
        .hasMessageContaining("rivals.learners[2].callbacks: is not known here")
        .hasMessageContaining("rivals.learners[3].name: is required")
        .hasMessageContaining("rivals.learners[4].outputs.y")
        .hasMessageNotContaining("is , which");
  }

  @Test
  void aProblemOfTheDocumentIsReportedOnce() {
    Map<String, Object> broken =
        document(Map.of("rivals", "auto", "network", network(Map.of("type", "dense"))));

    assertThatThrownBy(() -> read(broken))
        .hasMessageContaining("network.layers[0].units: is required")
        .hasMessageNotContaining("rivals");
  }

  @Test
  void takesTwoToSixteenLearners() {
    assertThatThrownBy(() -> read(document(Map.of("rivals", List.of(Map.of("name", "only"))))))
        .hasMessageContaining("rivals.learners: has 1; allowed: auto, or a list of 2 to 16");
    assertThatThrownBy(() -> read(document(Map.of("rivals", Map.of("combine", "hedge")))))
        .hasMessageContaining("rivals.learners: is required: auto, or a list of 2 to 16");
    assertThatThrownBy(() -> read(document(Map.of("rivals", "all"))))
        .hasMessageContaining("rivals.learners: is all; allowed: auto, or a list of 2 to 16");
    assertThatThrownBy(() -> read(document(Map.of("rivals", List.of("default", "fast")))))
        .hasMessage(
            "rivals.learners: has names alone; allowed: auto, or a list of sections, such as {name:"
                + " fast}");
  }

  @Test
  void sectionsAreMergedUnlessTheirTypeIsAnother() {
    Map<String, Object> adam = Map.of("type", "adam", "beta_1", 0.8, "learning_rate", 0.1);
    Map<String, Object> document = Map.of("batch_size", 4, "optimizer", adam);

    assertThat(RivalDocument.merged(document, Map.of("optimizer", Map.of("learning_rate", 0.2))))
        .isEqualTo(
            Map.of(
                "batch_size",
                4,
                "optimizer",
                Map.of("type", "adam", "beta_1", 0.8, "learning_rate", 0.2)));
    assertThat(RivalDocument.merged(document, Map.of("optimizer", Map.of("type", "sgd"))))
        .isEqualTo(Map.of("batch_size", 4, "optimizer", Map.of("type", "sgd")));
    assertThat(RivalDocument.merged(document, Map.of("optimizer", "sgd", "batch_size", 1)))
        .isEqualTo(Map.of("batch_size", 1, "optimizer", "sgd"));
    assertThat(
            RivalDocument.merged(
                Map.of("optimizer", "adam"), Map.of("optimizer", Map.of("beta_1", 0.7))))
        .isEqualTo(Map.of("optimizer", Map.of("type", "adam", "beta_1", 0.7)));
  }

  @Test
  void rivalsBesideAReconstruction_areRefused() {
    Map<String, Object> document =
        document(
            Map.of(
                "outputs",
                Map.of("copy", Map.of("reconstructs", "x")),
                "network",
                Map.of("layers", List.of(dense(4, "relu"), dense(2, "linear"))),
                "rivals",
                twoLearners()));

    assertThatThrownBy(() -> read(document))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rivals: is given beside an output that reconstructs its input");
  }

  private static ModelDefinition read(Map<String, Object> document) {
    Section root = Section.root(document);
    root.ignore("training");
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    return definition;
  }

  private static Map<String, Object> document(Map<String, Object> others) {
    Map<String, Object> document = new HashMap<>();
    document.put("inputs", Map.of("x", Map.of("fields", List.of("a", "b"))));
    document.put("outputs", Map.of("y", Map.of("classes", List.of("p", "q", "r"))));
    document.put("network", network(dense(64, "relu"), dense(64, "relu")));
    document.putAll(others);
    return document;
  }

  private static List<Object> twoLearners() {
    return List.of(
        Map.of("name", "default"),
        Map.of("name", "small", "training", rate(0.1), "network", network(dense(4, "tanh"))));
  }

  /** Returns a network of these layers and the output. */
  private static Map<String, Object> network(Object... hidden) {
    List<Object> layers = new ArrayList<>(List.of(hidden));
    layers.add(dense(3, "softmax"));
    return Map.of("layers", layers);
  }

  private static Map<String, Object> dense(int units, String activation) {
    return Map.of("type", "dense", "units", units, "activation", activation);
  }

  private static Map<String, Object> rate(Object learningRate) {
    return Map.of("optimizer", Map.of("learning_rate", learningRate));
  }

  private static Map<String, Object> online(double rate) {
    return Map.of("batch_size", 1, "optimizer", Map.of("learning_rate", rate));
  }

  private static List<String> layers(NetworkDefinition network) {
    return network.layers().stream().map(RivalSettingsTest::written).toList();
  }

  private static String written(LayerDefinition layer) {
    Object units = layer.options().get("units");
    return units == null ? layer.type() : layer.type() + " " + units;
  }
}
