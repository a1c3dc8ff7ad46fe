package io.millrace.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BalancedClassWeightsTest {
  private static final int RARE_EVERY = 25;

  @Test
  void learn_classesSoFar_countAsInScikitLearn() {
    // Given: compute_class_weight("balanced", classes=[0, 2], y=[0, 0, 0, 2]) is [2/3, 2]
    ModelDefinition model = model("balanced", List.of("x", "y", "z"));
    BalancedClassWeights balance = new BalancedClassWeights(model);
    Loss loss = balance.weighted(0, Losses.named("sparse_categorical_crossentropy"));
    ExampleBatch batch = new ExampleBatch(5, model.inputWidths(), model.targetWidths());
    batch.target(0)[3] = 2;
    batch.target(0)[4] = 1;
    batch.weights()[4] = 0; // counts for nothing
    batch.resize(5);

    // When
    balance.learn(batch);

    // Then
    float[] thirds = {1 / 3f, 1 / 3f, 1 / 3f};
    double plain = Math.log(3);
    assertThat(loss.row(thirds, new float[] {0}, 0, 3, null))
        .isCloseTo(2 * plain / 3, within(1e-6));
    assertThat(loss.row(thirds, new float[] {1}, 0, 3, null)).isCloseTo(plain, within(1e-6));
    assertThat(loss.row(thirds, new float[] {2}, 0, 3, null)).isCloseTo(2 * plain, within(1e-6));
  }

  @Test
  void training_rareClass_isFoundMoreOften() {
    Learner plain = learner("none");
    Learner balanced = learner("balanced");

    feed(plain, 0, 8000);
    feed(balanced, 0, 8000);

    assertThat(recall(balanced)).isBetween(0.7, 1.0);
    assertThat(recall(plain)).isLessThan(recall(balanced) - 0.2);
  }

  @Test
  void restore_inTheMiddle_endsBitIdentically() {
    Learner first = learner("balanced");
    feed(first, 0, 800);
    first.flush();
    Learner second = learner("balanced");
    second.restore(first.weights(), first.state());

    feed(first, 800, 1600);
    feed(second, 800, 1600);

    assertThat(second.parametersSha256()).isEqualTo(first.parametersSha256());
    Learner plain = learner("none");
    feed(plain, 0, 1600);
    assertThat(second.parametersSha256()).isNotEqualTo(plain.parametersSha256());
  }

  @Test
  void read_balancedNumbers_isTold() {
    assertThatThrownBy(() -> model("balanced", List.of()))
        .hasMessageContaining("outputs.class.loss.class_weight: is balanced, but the label is not");
  }

  private static double recall(Learner learner) {
    learner.flush();
    learner.evaluateNow();
    return Objects.requireNonNull(learner.progress().validation().get("val_recall"));
  }

  private static ModelDefinition model(String weight, List<String> classes) {
    Section root = Section.root(document(weight, classes));
    ModelDefinition model = ModelDefinition.read(root).inSinglePrecision();
    LearnerSettings unused = LearnerSettings.read(root, model);
    root.finish();
    return model;
  }

  private static Learner learner(String weight) {
    Section root = Section.root(document(weight, List.of("common", "rare")));
    ModelDefinition model = ModelDefinition.read(root).inSinglePrecision();
    return new Learner(model, LearnerSettings.read(root, model));
  }

  private static Map<String, Object> document(String weight, List<String> classes) {
    Map<String, Object> loss =
        weight.equals("none")
            ? Map.of("type", "binary_crossentropy")
            : Map.of(
                "type",
                classes.size() == 2 ? "binary_crossentropy" : "sparse_categorical_crossentropy",
                "class_weight",
                weight);
    return Map.of(
        "inputs", Map.of("features", Map.of("fields", List.of("a", "b"))),
        "outputs",
            Map.of(
                "class",
                Map.of(
                    "classes",
                    classes,
                    "loss",
                    loss,
                    "metrics",
                    classes.size() == 2 ? List.of("recall") : List.of())),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of(
                        "type",
                        "dense",
                        "units",
                        classes.size() == 2 ? 1 : 3,
                        "activation",
                        classes.size() == 2 ? "sigmoid" : "softmax"))),
        "validation", Map.of("window", 1000, "evaluate_every", 4000));
  }

  /** Two overlapping classes, one of them rare. */
  private static void feed(Learner learner, int from, int to) {
    for (int record = from; record < to; record++) {
      RandomStream drawn = RandomStream.of(9, record);
      boolean rare = record % RARE_EVERY == 0;
      ExampleBatch batch = learner.batch();
      for (int i = 0; i < 2; i++) {
        batch.input(0)[batch.size() * 2 + i] = (float) drawn.normal(i) + (rare ? 1.2f : 0);
      }
      batch.target(0)[batch.size()] = rare ? 1 : 0;
      if (learner.holdsOut(drawn.bits(7))) {
        learner.validate();
      } else {
        learner.train();
      }
    }
  }
}
