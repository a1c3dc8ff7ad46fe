package io.millrace.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Training that begins with the weights of another model, some of them frozen. */
class TransferTest {
  private static final List<String> FIELDS = List.of("a", "b", "c", "d");
  private static final int HIDDEN = 4 * 12 + 12;
  private static final int SCALED = HIDDEN + 2 * 12;
  private static final int BATCH = 16;

  @Test
  void begin_layersOfAnotherModel_areTakenWithTheStatisticsOfTheSameInput() {
    // Given
    Learner source = source();

    // When
    Learner learner = learner(12, List.of("hidden", "norm"), source);

    // Then
    assertThat(parameters(learner, 0, SCALED)).isEqualTo(parameters(source, 0, SCALED));
    assertThat(averages(learner)).isEqualTo(averages(source));
    assertThat(parameters(learner, SCALED, SCALED + 36)).isNotEqualTo(outputOf(source));
    assertThat(preprocessing(learner)).isEqualTo(preprocessing(source)).isNotEmpty();
  }

  @Test
  void begin_anotherInput_hasStatisticsOfItsOwn() {
    List<String> others = List.of("a", "b", "c", "x");
    Learner source = source(others, 800);
    LearnerSettings settings =
        settings(FIELDS, 12, Map.of("model", "other", "layers", List.of("hidden")), Map.of());

    Learner learner = learner(settings, new Model(definition(others, 12), source.weights()), 12);

    assertThat(preprocessing(learner)).isNotEqualTo(preprocessing(source));
  }

  @Test
  void begin_layersThatDoNotFit_areAllToldWithBothShapes() {
    Learner source = source();

    assertThatThrownBy(() -> learner(10, List.of("hidden", "none"), source))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "layer hidden has kernel [4, 12], bias [12] in the other model, but kernel [4, 10],"
                + " bias [10] in this one")
        .hasMessageContaining("layer none has no weights in this model, which has hidden, norm");
  }

  @Test
  void read_whatIsContradictory_isTold() {
    assertThatThrownBy(() -> settings(FIELDS, 12, Map.of("version", 3), Map.of()))
        .hasMessageContaining("needs either file, or model");
    assertThatThrownBy(
            () -> settings(FIELDS, 12, Map.of("model", "other", "frozen", true), Map.of()))
        .hasMessageContaining("frozen: is every layer that learns: hidden, norm, class");
    assertThatThrownBy(
            () -> settings(FIELDS, 12, Map.of("model", "other", "unfreeze_after", 9), Map.of()))
        .hasMessageContaining("unfreeze_after: is given, but no layer is frozen");
  }

  @Test
  void training_frozenLayers_stayUntilTheyAreUnfrozen() {
    // Given: what changes all parameters, not only by gradients, and averages them
    Learner source = source();
    Map<String, Object> optimizer =
        Map.of("type", "adamw", "weight_decay", 0.1, "use_ema", true, "global_clipnorm", 1);
    Learner learner =
        learner(settings(FIELDS, 12, frozen(480), Map.of("optimizer", optimizer)), source);
    float[] before = parameters(learner, 0, SCALED);
    float[] averages = averages(learner);
    float[] output = outputOf(learner);

    // When
    TestLearners.feed(learner, 0, fed(480));

    // Then
    assertThat(parameters(learner, 0, SCALED)).isEqualTo(before);
    assertThat(averages(learner)).isEqualTo(averages);
    assertThat(outputOf(learner)).isNotEqualTo(output);
    TestLearners.feed(learner, fed(480), fed(480) + 2 * BATCH);
    assertThat(parameters(learner, 0, SCALED)).isNotEqualTo(before);
    assertThat(averages(learner)).isNotEqualTo(averages);
  }

  @Test
  void restore_beforeAndAfterUnfreezing_endsBitIdenticallyWithoutTheOtherModel() {
    Learner source = source();
    LearnerSettings settings = settings(FIELDS, 12, frozen(480), Map.of());
    Learner uninterrupted = learner(settings, source);
    TestLearners.feed(uninterrupted, 0, 1200);

    for (int cut : List.of(fed(320), fed(480), fed(640))) {
      Learner first = learner(settings, source);
      TestLearners.feed(first, 0, cut);
      Learner second = new Learner(definition(FIELDS, 12), settings);
      second.restore(first.weights(), first.state());
      TestLearners.feed(second, cut, 1200);

      assertThat(second.parametersSha256()).isEqualTo(uninterrupted.parametersSha256());
      assertThat(second.progress()).isEqualTo(uninterrupted.progress());
    }
  }

  @Test
  void retrain_afterARestart_beginsWithTheSameWeights() {
    // Given
    Learner source = source();
    LearnerSettings settings = settings(FIELDS, 12, frozen(160), Map.of());
    Learner first = learner(settings, source);
    float[] begun = parameters(first, 0, SCALED + 39);
    TestLearners.feed(first, 0, fed(480));
    Learner second = new Learner(definition(FIELDS, 12), settings);
    second.restore(first.weights(), first.state());
    assertThat(parameters(second, 0, SCALED)).isNotEqualTo(Arrays.copyOf(begun, SCALED));

    // When
    second.retrain(true);

    // Then: the layers are frozen again
    assertThat(parameters(second, 0, SCALED + 39)).isEqualTo(begun);
    TestLearners.feed(second, 0, 5 * BATCH);
    assertThat(parameters(second, 0, SCALED)).isEqualTo(Arrays.copyOf(begun, SCALED));
  }

  private static Map<String, Object> frozen(int records) {
    return Map.of(
        "model",
        "other",
        "layers",
        List.of("hidden", "norm"),
        "frozen",
        true,
        "unfreeze_after",
        records);
  }

  /** Returns after how many records so many were trained; some are held out. */
  private static int fed(int trained) {
    Learner counting = source(FIELDS, 0);
    int fed = 0;
    while (counting.progress().counts().trained() < trained) {
      TestLearners.feed(counting, fed, fed + 1);
      fed++;
    }
    return fed;
  }

  private static Learner source() {
    return source(FIELDS, 800);
  }

  private static Learner source(List<String> fields, int records) {
    Learner source =
        new Learner(definition(fields, 12), settings(fields, 12, Map.of(), Map.of("seed", 5)));
    TestLearners.feed(source, 0, records);
    source.flush();
    return source;
  }

  private static Learner learner(int units, List<String> layers, Learner source) {
    LearnerSettings settings =
        settings(FIELDS, units, Map.of("model", "other", "layers", layers), Map.of());
    return learner(settings, new Model(definition(FIELDS, 12), source.weights()), units);
  }

  private static Learner learner(LearnerSettings settings, Learner source) {
    return learner(settings, new Model(definition(FIELDS, 12), source.weights()), 12);
  }

  private static Learner learner(LearnerSettings settings, Model source, int units) {
    InitialWeights named = settings.training().initialWeights().orElseThrow();
    return new Learner(definition(FIELDS, units), settings.with(named.from(source)));
  }

  private static float[] parameters(Learner learner, int from, int to) {
    return Arrays.copyOfRange(learner.weights().floats("parameters"), from, to);
  }

  private static float[] outputOf(Learner learner) {
    return parameters(learner, SCALED, SCALED + 36);
  }

  private static float[] averages(Learner learner) {
    return learner.weights().floats("non_trainable");
  }

  private static String preprocessing(Learner learner) {
    State saved = learner.weights().child("preprocessing").copy();
    StringBuilder text = new StringBuilder();
    saved
        .entries()
        .forEach(
            (name, value) ->
                text.append(name)
                    .append(
                        value instanceof double[] numbers
                            ? Arrays.toString(numbers)
                            : value.toString()));
    return text.toString();
  }

  private static ModelDefinition definition(List<String> fields, int units) {
    Section root = Section.root(document(fields, units, Map.of()));
    return ModelDefinition.read(root).inSinglePrecision();
  }

  private static LearnerSettings settings(
      List<String> fields, int units, Map<String, Object> initial, Map<String, Object> training) {
    Map<String, Object> section = new LinkedHashMap<>(training);
    section.put("batch_size", BATCH);
    if (!initial.isEmpty()) {
      section.put("initial_weights", initial);
    }
    Section root = Section.root(document(fields, units, section));
    LearnerSettings settings = LearnerSettings.read(root, ModelDefinition.read(root));
    root.finish();
    return settings;
  }

  private static Map<String, Object> document(
      List<String> fields, int units, Map<String, Object> training) {
    return Map.of(
        "inputs", Map.of("features", Map.of("fields", fields)),
        "outputs", Map.of("class", Map.of("classes", List.of("x", "y", "z"))),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of("type", "dense", "name", "hidden", "units", units),
                    Map.of("type", "batch_normalization", "name", "norm"),
                    Map.of("type", "dense", "name", "class", "units", 3, "activation", "softmax"))),
        "training", training,
        "validation", Map.of("window", 300, "evaluate_every", 160));
  }
}
