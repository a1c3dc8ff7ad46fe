package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arguments of {@code model.compile()} apply where the settings have none. */
class CompileConfigTest {
  private static final Map<String, Object> ADAM =
      object("Adam", Map.of("name", "adam", "learning_rate", 0.0010000000474974513, "beta_1", 0.8));

  @Test
  void read_fileOfACompiledModel_hasItsTraining() {
    // Given
    Map<String, Object> file = new KerasFiles().tree("3/archive.json");

    // When
    ModelDefinition definition = KerasDocuments.read(file);
    OutputSettings output = definition.outputs().get(0);

    // Then
    assertThat(output.lossDefinition().options()).containsEntry("type", "huber");
    assertThat(output.metrics())
        .extracting(MetricDefinition::name)
        .containsExactly("mean_absolute_error");
    assertThat(optimizer(definition))
        .containsEntry("type", "sgd")
        .containsEntry("learning_rate", 0.05)
        .containsEntry("momentum", 0.9)
        .containsEntry("nesterov", true);
    assertThat(definition.compilation().remarks())
        .contains(
            "outputs.result.loss is a Huber loss without its delta, which Keras 3 leaves out: 1 is"
                + " taken");
  }

  @Test
  void read_lossWithArguments_takesThem() {
    // When
    ModelDefinition definition =
        compiled(
            Map.of(
                "optimizer",
                "adam",
                "loss",
                object(
                    "BinaryCrossentropy",
                    Map.of(
                        "name",
                        "binary_crossentropy",
                        "reduction",
                        "sum_over_batch_size",
                        "from_logits",
                        true,
                        "label_smoothing",
                        0.1,
                        "axis",
                        -1))));

    // Then
    assertThat(definition.outputs().get(0).lossDefinition().options())
        .isEqualTo(
            Map.of("type", "binary_crossentropy", "from_logits", true, "label_smoothing", 0.1));
    assertThat(optimizer(definition))
        .containsEntry("type", "adam")
        .containsEntry("learning_rate", 0.001);
  }

  @Test
  void read_documentThatSaysMore_keepsItsOwnAndSaysWhatItPassesOver() {
    // Given
    Map<String, Object> model =
        single(Map.of("optimizer", ADAM, "loss", "mse", "metrics", List.of("mae")));
    Map<String, Object> document = new LinkedHashMap<>(KerasDocuments.document(model));
    document.put("outputs", Map.of("y", Map.of("loss", "log_cosh", "metrics", List.of("mape"))));
    document.put("training", Map.of("optimizer", "lion"));

    // When
    Section root = Section.root(document, new KerasFileOf(model));
    ModelDefinition definition = ModelDefinition.read(root);
    LearnerSettings learner = LearnerSettings.read(root, definition);
    root.finish();

    // Then
    assertThat(definition.outputs().get(0).lossDefinition().options())
        .containsEntry("type", "log_cosh");
    assertThat(learner.training().optimizer().options()).containsEntry("type", "lion");
    assertThat(definition.compilation().remarks())
        .containsExactly(
            "compile_config's loss is passed over: outputs.y.loss is set",
            "compile_config's metrics is passed over: outputs.y.metrics is set",
            "compile_config.optimizer is passed over: training.optimizer is set");
  }

  @Test
  void read_schedule_isTheDocumentsSchedule() {
    // Given
    Map<String, Object> decay =
        Map.of(
            "initial_learning_rate",
            0.1,
            "decay_steps",
            100,
            "decay_rate",
            0.9,
            "staircase",
            false,
            "name",
            "ExponentialDecay");
    Object optimizer = object("SGD", Map.of("learning_rate", object("ExponentialDecay", decay)));

    // When
    ModelDefinition definition = compiled(Map.of("loss", "mse", "optimizer", optimizer));

    // Then
    assertThat(optimizer(definition).get("learning_rate"))
        .isEqualTo(
            Map.of(
                "schedule",
                "exponential_decay",
                "initial_learning_rate",
                0.1,
                "decay_steps",
                100,
                "decay_rate",
                0.9,
                "staircase",
                false));
  }

  @Test
  void read_severalOutputs_takesEachByNameOrPlace() {
    // Given
    Map<String, Object> byName =
        Map.of(
            "loss", Map.of("a", "mse", "b", "mae"),
            "loss_weights", Map.of("b", 0.5),
            "metrics", Map.of("a", List.of("mae", "mse")));
    Map<String, Object> byPlace =
        Map.of(
            "loss", List.of("mse", "mae"),
            "loss_weights", List.of(1.0, 0.5),
            "metrics", List.of(List.of("mae", "mse"), List.of()));

    for (Map<String, Object> config : List.of(byName, byPlace)) {
      // When
      ModelDefinition definition = KerasDocuments.read(twoOutputs(config));

      // Then
      assertThat(definition.outputs())
          .extracting(output -> output.lossDefinition().options().get("type"))
          .containsExactly("mean_squared_error", "mean_absolute_error");
      assertThat(definition.outputs())
          .extracting(OutputSettings::lossWeight)
          .containsExactly(1.0, 0.5);
      assertThat(definition.outputs().get(0).metrics()).hasSize(2);
    }
  }

  @Test
  void read_flatMetricsOfSeveralOutputs_areOneEachInKeras3AndAllForEachInKeras2() {
    // Given
    Map<String, Object> model = twoOutputs(Map.of("metrics", List.of("mae", "mse")));
    Map<String, Object> keras2 = new LinkedHashMap<>(model);
    keras2.put("keras_version", "2.15.0");

    // When
    ModelDefinition three = KerasDocuments.read(model);
    ModelDefinition two = KerasDocuments.read(keras2);

    // Then
    assertThat(three.outputs())
        .extracting(CompileConfigTest::metrics)
        .containsExactly(List.of("mean_absolute_error"), List.of("mean_squared_error"));
    assertThat(two.outputs())
        .extracting(CompileConfigTest::metrics)
        .containsOnly(List.of("mean_absolute_error", "mean_squared_error"));
  }

  @Test
  void read_flatMetricsInAnArchiveOfKeras2_areAllForEachOutput() {
    // Given: no version, but an input in the form of Keras 2
    Map<String, Object> model =
        twoOutputs(KerasDocuments.keras2Input("x", 2), Map.of("metrics", List.of("mae", "mse")));
    model.remove("keras_version");

    // When
    ModelDefinition definition = KerasDocuments.read(model);

    // Then
    assertThat(definition.outputs())
        .extracting(CompileConfigTest::metrics)
        .containsOnly(List.of("mean_absolute_error", "mean_squared_error"));
  }

  @Test
  void read_checkpointOfTheDefinition_hasTheLossThatWasTaken() {
    // Given
    ModelDefinition definition = compiled(Map.of("loss", "poisson"));

    // When
    ModelDefinition read = ModelDefinition.read(Section.root(definition.tree()));

    // Then
    assertThat(read.outputs().get(0).lossDefinition().options()).containsEntry("type", "poisson");
  }

  @Test
  void read_whatTrainingLacks_isRefusedAndSaysWhatToSet() {
    assertThatThrownBy(() -> compiled(Map.of("loss", "cosine_similarity")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "network.architecture: has a compile_config whose loss.type: is cosine_similarity")
        .hasMessageContaining("or set outputs.y.loss");
    assertThatThrownBy(
            () ->
                compiled(
                    Map.of(
                        "loss",
                        object("MeanSquaredError", Map.of("name", "mse", "reduction", "sum")))))
        .hasMessageContaining("loss.reduction: is not known here")
        .hasMessageContaining("or set outputs.y.loss");
    assertThatThrownBy(() -> compiled(Map.of("optimizer", object("Muon", Map.of()))))
        .hasMessageContaining("optimizer.type: is muon")
        .hasMessageContaining("or set training.optimizer");
    assertThatThrownBy(
            () -> compiled(Map.of("optimizer", object("SGD", Map.of("lr", 0.1, "decay", 0.01)))))
        .hasMessageContaining("optimizer.decay: is not known here");
    List<Object> onlyFirst = new ArrayList<>(List.of("mse"));
    onlyFirst.add(null);
    assertThatThrownBy(() -> KerasDocuments.read(twoOutputs(Map.of("loss", onlyFirst))))
        .hasMessageContaining("loss is none for this output; or set outputs.b.loss");
  }

  @Test
  void read_metricThatNobodyHas_isPassedOver() {
    // When
    ModelDefinition definition =
        compiled(
            Map.of(
                "loss",
                "mse",
                "metrics",
                List.of("mae", object("MeanIoU", Map.of("num_classes", 2)))));

    // Then
    assertThat(definition.outputs().get(0).metrics()).hasSize(1);
    assertThat(definition.compilation().remarks())
        .anyMatch(
            remark ->
                remark.startsWith(
                    "outputs.y's metric mean_io_u (num_classes 2) is passed over: metrics.type: is mean_io_u"));
  }

  @Test
  void read_metricThatDoesNotFitTheOutput_isAProblemOfTheDocument() {
    assertThatThrownBy(
            () -> compiled(Map.of("metrics", List.of("sparse_top_k_categorical_accuracy"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("outputs.y.metrics: has sparse_top_k_categorical_accuracy, but")
        .hasMessageContaining("several classes");
  }

  private static List<String> metrics(OutputSettings output) {
    return output.metrics().stream().map(MetricDefinition::name).toList();
  }

  private static ModelDefinition compiled(Map<String, Object> config) {
    return KerasDocuments.read(single(config));
  }

  private static Map<String, Object> single(Map<String, Object> config) {
    Map<String, Object> model =
        KerasDocuments.model(
            "Functional",
            List.of(
                KerasDocuments.input("x", 2),
                KerasDocuments.dense("y", 1, List.of(List.of(List.of("x", 0, 0))))),
            Map.of("output_layers", List.of(List.of("y", 0, 0))));
    model.put("compile_config", config);
    return model;
  }

  private static Map<String, Object> twoOutputs(Map<String, Object> config) {
    return twoOutputs(KerasDocuments.input("x", 2), config);
  }

  private static Map<String, Object> twoOutputs(
      Map<String, Object> input, Map<String, Object> config) {
    List<?> ofInput = List.of(List.of(List.of("x", 0, 0)));
    Map<String, Object> model =
        KerasDocuments.model(
            "Functional",
            List.of(
                input,
                KerasDocuments.dense("a", 1, ofInput),
                KerasDocuments.dense("b", 1, ofInput)),
            Map.of("output_layers", List.of(List.of("a", 0, 0), List.of("b", 0, 0))));
    model.put("compile_config", config);
    return model;
  }

  private static Map<String, Object> object(String kind, Map<String, Object> config) {
    return Map.of("module", "keras", "class_name", kind, "config", config);
  }

  private static Map<String, Object> optimizer(ModelDefinition definition) {
    return LearnerSettings.read(Section.root(Map.of()), definition)
        .training()
        .optimizer()
        .options();
  }
}
