package io.millrace.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.inspection.CalibrationBin;
import io.millrace.learning.inspection.Confusion;
import io.millrace.learning.inspection.Histogram;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.inspection.OutputInspection;
import io.millrace.learning.inspection.WeightInspection;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A look into a learner, against numbers worked out by hand. */
class LearnerInspectionTest {
  private static final float LN_2 = (float) Math.log(2);
  private static final float LN_3 = (float) Math.log(3);
  private static final float LN_4 = (float) Math.log(4);
  private static final float LN_7 = (float) Math.log(7);
  private static final double ROUNDING = 1e-6;

  @Test
  void inspect_threeClasses_countsAnswersAndTheirProbabilities() {
    // Given: logits are the inputs; the likeliest class has 7/9, or 4/6
    Learner learner = classifier(3, 3, "softmax", "sparse_categorical_crossentropy");
    weigh(learner, 1, 0, 0, 0, 1, 0, 0, 0, 1, 2, 2, 2);
    holdOut(learner, 0, LN_7, 0, 0);
    holdOut(learner, 1, LN_7, 0, 0);
    holdOut(learner, 1, 0, LN_4, 0);
    holdOut(learner, 0, 0, 0, LN_4);
    holdOut(learner, 2, 0, 0, LN_7);

    // When
    OutputInspection output = learner.inspect().outputs().get(0);

    // Then
    assertThat(output.output()).isEqualTo("class");
    assertThat(output.classes()).containsExactly("c0", "c1", "c2");
    Confusion confusion = output.confusion().orElseThrow();
    assertThat(confusion.toArray()).isDeepEqualTo(new long[][] {{1, 0, 1}, {1, 1, 0}, {0, 0, 1}});
    assertThat(confusion.support(1)).isEqualTo(2);
    assertThat(confusion.recall(1)).isEqualTo(0.5);
    assertThat(confusion.recall(2)).isEqualTo(1);
    assertThat(confusion.precision(1)).isEqualTo(1);
    assertThat(confusion.precision(2)).isEqualTo(0.5);
    assertThat(output.calibration()).hasSize(10);
    requireBin(output.calibration().get(6), 0.6, 2, 4 / 6.0, 1 / 2.0);
    requireBin(output.calibration().get(7), 0.7, 3, 7 / 9.0, 2 / 3.0);
    requireBin(output.calibration().get(0), 0, 0, Double.NaN, Double.NaN);
  }

  @Test
  void inspect_probabilityOfOneUnit_isThatOfTheAnswer() {
    // Given: 3/4 or 2/3 for yes, 3/4 for no
    Learner learner = classifier(1, 2, "sigmoid", "binary_crossentropy");
    weigh(learner, 1, 0);
    holdOut(learner, 1, LN_3);
    holdOut(learner, 1, -LN_3);
    holdOut(learner, 0, -LN_3);
    holdOut(learner, 0, LN_2);

    OutputInspection output = learner.inspect().outputs().get(0);

    assertThat(output.confusion().orElseThrow().toArray())
        .isDeepEqualTo(new long[][] {{1, 1}, {1, 1}});
    requireBin(output.calibration().get(6), 0.6, 1, 2 / 3.0, 0);
    requireBin(output.calibration().get(7), 0.7, 3, 3 / 4.0, 2 / 3.0);
  }

  @Test
  void inspect_logitsOfOneUnit_answersAsServingDoesAndHasNoCalibration() {
    Learner learner =
        classifier(1, 2, "linear", Map.of("type", "binary_crossentropy", "from_logits", true));
    weigh(learner, 1, 0);
    holdOut(learner, 1, 0.2f);
    holdOut(learner, 0, 0.9f);

    OutputInspection output = learner.inspect().outputs().get(0);

    assertThat(output.confusion().orElseThrow().toArray())
        .isDeepEqualTo(new long[][] {{0, 1}, {0, 1}});
    assertThat(output.calibration()).isEmpty();
  }

  @Test
  void inspect_answerThatIsNotFinite_isLeftOut() {
    Learner learner = classifier(1, 2, "sigmoid", "binary_crossentropy");
    weigh(learner, 1, 0);
    holdOut(learner, 1, LN_3);
    holdOut(learner, 1, Float.NaN);

    assertThat(learner.inspect().outputs().get(0).confusion().orElseThrow().support(1))
        .isEqualTo(1);
  }

  @Test
  void inspect_manyClasses_keepsNoMatrixOfThem() {
    Learner learner = classifier(300, 300, "softmax", "sparse_categorical_crossentropy");
    holdOut(learner, 1, new float[300]);

    OutputInspection output = learner.inspect().outputs().get(0);

    assertThat(output.confusion()).isEmpty();
    assertThat(output.calibration().get(0).count()).isEqualTo(1);
  }

  @Test
  void inspect_weights_areSummedUp() {
    Learner learner = classifier(3, 3, "softmax", "sparse_categorical_crossentropy");
    weigh(learner, 1, 0, 0, 0, 1, 0, 0, 0, 1, 2, 2, 2);

    List<WeightInspection> weights = learner.inspect().weights();

    // Then: six zeros and three ones
    WeightInspection kernel = weights.get(0);
    assertThat(kernel.layer()).isEqualTo("dense");
    assertThat(kernel.weight()).isEqualTo("kernel");
    assertThat(kernel.shape()).containsExactly(3, 3);
    Histogram values = kernel.values();
    assertThat(values.counts()).hasSize(30).startsWith(6L, 0L).endsWith(0L, 3L);
    assertThat(values.limits()).hasSize(30).startsWith(1 / 30.0, 2 / 30.0).endsWith(29 / 30.0, 1.0);
    assertThat(List.of(values.min(), values.max(), values.sum(), values.sumOfSquares()))
        .containsExactly(0.0, 1.0, 3.0, 3.0);
    assertThat(values.norm()).isEqualTo(Math.sqrt(3));
    WeightInspection bias = weights.get(1);
    assertThat(bias.values())
        .isEqualTo(new Histogram(2, 2, 3, 0, 6, 12, List.of(2.0), List.of(3L)));
    assertThat(bias.gradient()).isEmpty();
  }

  @Test
  void inspect_afterAStep_hasItsGradients() {
    // Given: y = x, with an error of 1 at x = 1 and at x = 2
    Learner learner = regression();
    weigh(learner, 1, 0);
    assertThat(learner.inspect().weights().get(0).gradient()).isEmpty();

    // When
    train(learner, 1, 0);
    train(learner, 2, 1);

    // Then: the means of 2 * error * x, and of 2 * error
    Inspection inspection = learner.inspect();
    assertThat(inspection.records()).isEqualTo(2);
    assertThat(inspection.learningRate()).isEqualTo(0.5);
    assertThat(inspection.outputs()).isEmpty();
    assertThat(gradient(inspection, 0).max()).isEqualTo(3);
    assertThat(gradient(inspection, 1).norm()).isEqualTo(2);
    assertThat(inspection.weights().get(0).values().max()).isEqualTo(1 - 0.5 * 3);

    // When: none of them is saved
    learner.restore(State.of(learner.weights().entries()), State.of(learner.state().entries()));

    assertThat(learner.inspect().weights().get(0).gradient()).isEmpty();
  }

  @Test
  void inspect_severalOutputs_hasThoseOfClasses() {
    Learner learner =
        learner(
            Map.of(
                "inputs", Map.of("x", Map.of("fields", List.of("x"), "scaling", "none")),
                "outputs",
                    Map.of(
                        "big", Map.of("classes", List.of("no", "yes")),
                        "size", Map.of(),
                        "odd", Map.of("classes", List.of("even", "odd"))),
                "network",
                    Map.of(
                        "layers",
                        List.of(
                            head("big", 2, "softmax"),
                            head("size", 1, "linear"),
                            head("odd", 2, "softmax")))),
            event -> {});
    holdOut(learner, 1, 3);

    assertThat(learner.inspect().outputs().stream().map(OutputInspection::output))
        .containsExactlyInAnyOrder("big", "odd");
  }

  private static Map<String, Object> head(String name, int units, String activation) {
    return Map.of(
        "type",
        "dense",
        "name",
        name,
        "units",
        units,
        "activation",
        activation,
        "inputs",
        List.of("x"));
  }

  @Test
  void inspect_atEachEvaluation_changesNothingOfLearning() {
    // Given
    Map<String, Object> settings =
        Map.of(
            "training",
                Map.of(
                    "batch_size",
                    16,
                    "optimizer",
                    Map.of("type", "adam", "learning_rate", 0.01, "use_ema", true)),
            "callbacks", Map.of("reduce_lr_on_plateau", Map.of("patience", 1)),
            "drift", Map.of("detector", "kswin"));
    Learner plain = TestLearners.learner(settings);
    List<Inspection> looks = new ArrayList<>();
    Learner[] inspected = new Learner[1];
    inspected[0] =
        TestLearners.learner(
            settings,
            event -> {
              if (event instanceof Evaluated) {
                looks.add(inspected[0].inspect());
              }
            });

    // When: concepts change in the middle
    for (Learner learner : List.of(plain, inspected[0])) {
      TestLearners.feed(learner, 0, 3000);
      TestLearners.feed(learner, 3000, 5000, label -> (label + 1) % 3);
      learner.flush();
    }

    // Then
    assertThat(looks).hasSizeGreaterThan(12);
    assertThat(looks.get(12).drift().orElseThrow().detector()).isEqualTo("kswin");
    assertThat(inspected[0].parametersSha256()).isEqualTo(plain.parametersSha256());
    assertThat(inspected[0].progress()).isEqualTo(plain.progress());
    assertThat(texts(inspected[0].state())).isEqualTo(texts(plain.state()));
  }

  @Test
  void inspect_averagedWeights_hasThoseThatAreServed() {
    Learner learner =
        TestLearners.learner(
            Map.of(
                "training",
                Map.of("batch_size", 16, "optimizer", Map.of("type", "adam", "use_ema", true))));
    TestLearners.feed(learner, 0, 1000);

    Histogram kernel = learner.inspect().weights().get(0).values();

    float[] served = learner.weights().floats("parameters");
    assertThat(kernel).isEqualTo(Histogram.of(Arrays.copyOf(served, 4 * 12)));
  }

  private static void requireBin(
      CalibrationBin bin, double lower, long count, double confidence, double accuracy) {
    assertThat(bin.lower()).isEqualTo(lower);
    assertThat(bin.upper()).isCloseTo(lower + 0.1, within(ROUNDING));
    assertThat(bin.count()).isEqualTo(count);
    assertThat(bin.accuracy()).isEqualTo(Double.valueOf(accuracy));
    if (count > 0) {
      assertThat(bin.confidence()).isCloseTo(confidence, within(ROUNDING));
    }
  }

  private static Histogram gradient(Inspection inspection, int weight) {
    return inspection.weights().get(weight).gradient().orElseThrow();
  }

  private static Learner classifier(int units, int classes, String activation, Object loss) {
    List<String> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.max(units, classes); i++) {
      if (i < units) {
        fields.add("x" + i);
      }
      names.add("c" + i);
    }
    return learner(
        Map.of(
            "inputs", Map.of("x", Map.of("fields", fields, "scaling", "none")),
            "outputs", Map.of("class", Map.of("classes", names, "loss", loss)),
            "network",
                Map.of(
                    "layers",
                    List.of(Map.of("type", "dense", "units", units, "activation", activation)))),
        event -> {});
  }

  private static Learner regression() {
    return learner(
        Map.of(
            "inputs", Map.of("x", Map.of("fields", List.of("x"), "scaling", "none")),
            "outputs", Map.of("y", Map.of()),
            "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1))),
            "training",
                Map.of("batch_size", 2, "optimizer", Map.of("type", "sgd", "learning_rate", 0.5))),
        event -> {});
  }

  private static Learner learner(Map<String, Object> document, Consumer<LearningEvent> events) {
    Section root = Section.root(document);
    ModelDefinition definition = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings settings = LearnerSettings.read(root, definition);
    root.finish();
    return new Learner(definition, settings, events);
  }

  /** Sets all parameters, in the order of the layers. */
  private static void weigh(Learner learner, double... parameters) {
    float[] values = new float[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) parameters[i];
    }
    State state = State.of(learner.state().entries());
    State weights = State.of(learner.weights().entries());
    weights.put("parameters", values);
    learner.restore(weights, state);
  }

  private static void holdOut(Learner learner, float target, float... inputs) {
    write(learner, target, inputs);
    learner.validate();
  }

  private static void train(Learner learner, float input, float target) {
    write(learner, target, input);
    learner.train();
  }

  private static void write(Learner learner, float target, float... inputs) {
    int row = learner.batch().size();
    System.arraycopy(inputs, 0, learner.batch().input(0), row * inputs.length, inputs.length);
    for (float[] targets : learner.batch().targets()) {
      targets[row] = target;
    }
  }

  private static String texts(State state) {
    StringBuilder text = new StringBuilder();
    state
        .entries()
        .forEach(
            (name, value) ->
                text.append(name)
                    .append('=')
                    .append(Arrays.deepToString(new Object[] {value}))
                    .append('\n'));
    return text.toString();
  }
}
