package io.millrace.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.RollingWindow;
import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.network.Network;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WeightsTest {
  private static final int ROWS = 7;
  private static final int INPUTS = 4;

  @Test
  void weightsWithoutRivalsAreSavedAsThoseOfOneNetwork() {
    Weights weights = trained(classifier(), 1);
    State state = saved(weights);

    assertThat(state.entries().keySet())
        .allMatch(name -> name.matches("parameters|non_trainable|preprocessing/.+"));
    assertThat(state.floats("parameters")).hasSize(classifier().network().trainableCount());
    assertThat(weights.shares()).containsExactly(1);
  }

  @Test
  void savedWeightsOfRivalsAreRestored() {
    Weights weights = trained(classifier(8, 3, 5), 2);
    share(weights, 0.5f, 0.3f, 0.2f);
    Weights restored = new Weights(classifier(8, 3, 5));

    restored.restore(saved(weights));

    assertThat(entries(restored)).isEqualTo(entries(weights));
    assertThat(restored.shares()).containsExactly(0.5f, 0.3f, 0.2f);
  }

  @Test
  void weightsOfOtherRivalsReplaceTheMembers() {
    Weights older = trained(classifier(8, 3), 3);
    share(older, 0.25f, 0.75f);
    Weights restored = new Weights(classifier(4, 3, 5));
    Weights copied = new Weights(classifier());

    restored.restore(saved(older));
    copied.copyFrom(older);

    assertThat(entries(restored)).isEqualTo(entries(older));
    assertThat(entries(copied)).isEqualTo(entries(older));
    assertThat(restored.leader()).isEqualTo(1);
    assertThat(restored.members()).extracting(MemberWeights::name).containsExactly("r0", "r1");
  }

  @Test
  void weightsOfOneNetworkReplaceRivals() {
    Weights older = trained(classifier(), 4);
    Weights restored = new Weights(classifier(4, 3, 5));

    restored.restore(saved(older));

    assertThat(entries(restored)).isEqualTo(entries(older));
  }

  @Test
  void theAnswerIsTheMeanOfTheMembersAnswers() {
    answersTheMean(classifier(8, 3), 0.25f, 0.75f);
    answersTheMean(
        classifier(8, 3, 1, 5, 2, 9, 4, 8), 0.1f, 0.2f, 0.05f, 0.15f, 0.2f, 0.1f, 0.1f, 0.1f);
    answersTheMean(regressor(8, 3), 0.25f, 0.75f);
  }

  @Test
  void aMemberWithoutAShareDoesNotAnswer() {
    ModelDefinition definition = classifier(8, 3, 5);
    Weights weights = trained(definition, 5);
    float[] broken = new float[weights.members().get(1).definition().network().trainableCount()];
    Arrays.fill(broken, Float.NaN);
    weights.members().get(1).setParameters(broken);
    share(weights, 0.5f, 0, 0.5f);

    assertThat(weights.areFinite()).isTrue();
    assertThat(answers(definition, weights)).isEqualTo(mean(weights));

    share(weights, 0.5f, 0.25f, 0.25f);
    assertThat(weights.areFinite()).isFalse();
  }

  @Test
  void networksAnswerWithWeightsOfOtherRivalsInTurn() {
    Weights current = trained(classifier(8, 3, 5), 6);
    Weights older = trained(classifier(2, 3), 7);
    share(older, 0.25f, 0.75f);
    Weights first = trained(classifier(), 8);
    ModelNetworks networks = new ModelNetworks(classifier(8, 3, 5), ROWS, new HostKernels());

    for (int turn = 0; turn < 3; turn++) {
      for (Weights weights : List.of(current, older, first)) {
        assertThat(answers(networks, weights)).isEqualTo(mean(weights));
      }
    }
  }

  @Test
  void theEvaluatorScoresWeightsOfOtherRivalsThanItsModels() {
    ModelDefinition model = classifier(8, 3, 5);
    Weights older = trained(classifier(2, 9), 10);
    share(older, 0.25f, 0.75f);
    RollingWindow window = new RollingWindow(ROWS, model.inputWidths(), model.targetWidths());
    ExampleBatch rows = rows(model, 100);
    for (int row = 0; row < ROWS; row++) {
      window.add(rows, row);
    }
    Evaluator evaluator = new Evaluator(model, new HostKernels());
    float[] losses = new float[ROWS];

    Map<String, Double> scores = evaluator.score(older, window, 0, losses);

    float[] mean = mean(older);
    double loss = 0;
    for (int row = 0; row < ROWS; row++) {
      float own = (float) -Math.log(mean[3 * row + row % 3]);
      assertThat(losses[row]).isCloseTo(own, within(1e-5f));
      loss += own;
    }
    assertThat(scores.get("val_loss")).isCloseTo(loss / ROWS, within(1e-5));
    assertThat(evaluator.weights().parameters()).isEqualTo(older.members().get(1).parameters());
  }

  private static void answersTheMean(ModelDefinition definition, float... shares) {
    Weights weights = trained(definition, 9);
    share(weights, shares);

    assertThat(answers(definition, weights)).isEqualTo(mean(weights));
  }

  /** Returns the answers of the members' own networks, averaged by the shares. */
  private static float[] mean(Weights weights) {
    float[] mean = {};
    for (int i = 0; i < weights.members().size(); i++) {
      float share = weights.shares()[i];
      if (share > 0) {
        MemberWeights member = weights.members().get(i);
        State state = new State();
        member.save(state);
        float[] own = answers(member.definition(), state);
        mean = mean.length == 0 ? new float[own.length] : mean;
        for (int at = 0; at < own.length; at++) {
          mean[at] += share * own[at];
        }
      }
    }
    return mean;
  }

  private static float[] answers(ModelDefinition definition, Weights weights) {
    return answers(definition, saved(weights));
  }

  private static float[] answers(ModelDefinition definition, State state) {
    Inference inference = new Inference(definition, ROWS);
    inference.load(new Model(definition, state));
    fill(inference.rows(), 100);
    inference.run();
    return Arrays.copyOf(inference.output(0), ROWS * inference.outputWidth(0));
  }

  private static float[] answers(ModelNetworks networks, Weights weights) {
    networks.load(weights);
    ExampleBatch rows = rows(classifier(), 100);
    networks.run(rows);
    return Arrays.copyOf(networks.apply(0), ROWS * 3);
  }

  /** Returns weights with random parameters, and each member with statistics of its own rows. */
  private static Weights trained(ModelDefinition definition, int seed) {
    Weights weights = new Weights(definition);
    for (int i = 0; i < weights.members().size(); i++) {
      MemberWeights member = weights.members().get(i);
      Preprocessing preprocessing = new Preprocessing(member.definition());
      preprocessing.learn(rows(definition, seed + i));
      preprocessing.learnTargets(rows(definition, seed + i));
      Network network = Network.compile(member.definition().network(), List.of(), 1, seed + i);
      member.copyFrom(network.weights(), preprocessing);
    }
    return weights;
  }

  private static ExampleBatch rows(ModelDefinition definition, int seed) {
    ExampleBatch rows = new ExampleBatch(ROWS, definition.inputWidths(), definition.targetWidths());
    fill(rows, seed);
    return rows;
  }

  private static void fill(ExampleBatch rows, int seed) {
    RandomStream random = RandomStream.of(seed, 0);
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < INPUTS; i++) {
        rows.input(0)[row * INPUTS + i] = (float) (5 + 2 * random.normal(row * INPUTS + i));
      }
      rows.target(0)[row] = row % 3;
      rows.advance();
    }
  }

  private static void share(Weights weights, float... shares) {
    System.arraycopy(shares, 0, weights.shares(), 0, shares.length);
  }

  private static State saved(Weights weights) {
    State state = new State();
    weights.save(state);
    return state;
  }

  /** Returns the saved entries as texts, so that arrays are compared by their values. */
  private static Map<String, String> entries(Weights weights) {
    Map<String, String> entries = new HashMap<>();
    saved(weights).entries().forEach((name, value) -> entries.put(name, text(value)));
    return entries;
  }

  private static String text(Object value) {
    if (value instanceof float[] floats) {
      return Arrays.toString(floats);
    }
    return value instanceof double[] doubles ? Arrays.toString(doubles) : value.toString();
  }

  /** Returns a model of three classes with a rival for each width of a hidden layer. */
  private static ModelDefinition classifier(int... hidden) {
    return definition(Map.of("classes", List.of("p", "q", "r")), dense(3, "softmax"), hidden);
  }

  private static ModelDefinition regressor(int... hidden) {
    return definition(Map.of("target_scaling", "standard"), dense(1, "linear"), hidden);
  }

  private static ModelDefinition definition(
      Map<String, Object> output, Map<String, Object> last, int... hidden) {
    Map<String, Object> document = new HashMap<>();
    document.put("inputs", Map.of("x", Map.of("fields", List.of("a", "b", "c", "d"))));
    document.put("outputs", Map.of("y", output));
    document.put("network", Map.of("layers", List.of(dense(6, "tanh"), last)));
    List<Map<String, Object>> learners = new ArrayList<>();
    for (int units : hidden) {
      learners.add(
          Map.of(
              "name",
              "r" + learners.size(),
              "network",
              Map.of("layers", List.of(dense(units, "relu"), last))));
    }
    if (!learners.isEmpty()) {
      document.put("rivals", learners);
    }
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    root.finish();
    return definition;
  }

  private static Map<String, Object> dense(int units, String activation) {
    return Map.of("type", "dense", "units", units, "activation", activation);
  }
}
