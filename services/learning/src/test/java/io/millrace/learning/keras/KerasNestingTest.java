package io.millrace.learning.keras;

import static io.millrace.learning.keras.KerasDocuments.call;
import static io.millrace.learning.keras.KerasDocuments.dense;
import static io.millrace.learning.keras.KerasDocuments.input;
import static io.millrace.learning.keras.KerasDocuments.model;
import static io.millrace.learning.keras.KerasDocuments.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.Network;
import io.millrace.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nested models become layers of the outer model. */
class KerasNestingTest {

  @Test
  void read_functionalInFunctional_readsWhatItWasCalledWith() {
    // Given
    Map<String, Object> model =
        model(
            "Functional",
            List.of(
                input("x", 4),
                dense("first", 5, of("x")),
                nested("base", branches(), Map.of(), of("first")),
                dense("last", 2, of("base"))),
            Map.of("output_layers", List.of(List.of("last", 0, 0))));

    // When
    List<LayerDefinition> layers = KerasDocuments.read(model).network().layers();

    // Then
    assertThat(layers)
        .extracting(LayerDefinition::name)
        .containsExactly("first", "base_a", "base_b", "last");
    assertThat(layers)
        .extracting(LayerDefinition::inputs)
        .containsExactly(List.of("x"), List.of("first"), List.of("first"), List.of("base_a"));
    assertThat(layers.get(1).parameterCount()).isEqualTo(5 * 3 + 3);
  }

  @Test
  void read_modelsInSequential_followEachOther() {
    // Given
    Map<String, Object> inner = sequential(dense("a", 3, List.of()), dense("b", 2, List.of()));
    Map<String, Object> model =
        sequential(
            input("features", 4),
            nested("base", branches(), Map.of(), List.of()),
            nested("head", inner, Map.of(), List.of()),
            dense("last", 1, List.of()));

    // When
    List<LayerDefinition> layers = KerasDocuments.read(model).network().layers();

    // Then
    assertThat(layers)
        .extracting(LayerDefinition::name)
        .containsExactly("base_a", "base_b", "head_a", "head_b", "last");
    assertThat(layers)
        .extracting(LayerDefinition::inputs)
        .containsExactly(
            List.of("features"),
            List.of("features"),
            List.of("base_a"),
            List.of("head_a"),
            List.of("head_b"));
  }

  @Test
  void read_modelThatBeginsTheModel_bringsTheInput() {
    // Given
    Map<String, Object> inner = sequential(input("x", 4), dense("a", 3, List.of()));
    Map<String, Object> model =
        sequential(nested("base", inner, Map.of(), List.of()), dense("last", 1, List.of()));
    Map<String, Object> document =
        Map.of(
            "inputs", Map.of("features", Map.of("size", 4)),
            "outputs", Map.of("y", Map.of()),
            "network", Map.of("architecture", "model.json"));

    // When
    List<LayerDefinition> layers = KerasDocuments.read(document, model).network().layers();

    // Then
    assertThat(layers).extracting(LayerDefinition::name).containsExactly("base_a", "last");
    assertThat(layers.get(0).inputs()).containsExactly("features");
  }

  @Test
  void read_modelWithinAModelWithin_keepsAllNames() {
    // Given
    Map<String, Object> innermost = sequential(input("x", 4), dense("a", 3, List.of()));
    Map<String, Object> inner =
        sequential(input("y", 4), nested("in", innermost, Map.of(), List.of()));
    Map<String, Object> model =
        sequential(
            input("features", 4),
            nested("out", inner, Map.of(), List.of()),
            dense("last", 1, List.of()));

    // When, then
    assertThat(KerasDocuments.names(KerasDocuments.read(model)))
        .containsExactly("out_in_a", "last");
  }

  @Test
  void read_frozenModel_freezesItsLayers() {
    // Given
    Map<String, Object> model =
        model(
            "Functional",
            List.of(
                input("x", 4),
                nested("base", branches(), Map.of("trainable", false), of("x")),
                dense("last", 2, of("base"))),
            Map.of("output_layers", List.of(List.of("last", 0, 0))));

    // When, then
    assertThat(KerasDocuments.read(model).network().layers())
        .extracting(LayerDefinition::trainable)
        .containsExactly(false, false, true);
  }

  @Test
  void read_modelOfSeveralInputsOrUses_isRefused() {
    // Given
    Map<String, Object> two =
        model(
            "Functional",
            List.of(input("p", 4), input("q", 4), dense("a", 1, of("p"))),
            Map.of("output_layers", List.of(List.of("a", 0, 0))));

    // When, then
    assertThatThrownBy(() -> KerasDocuments.read(around(two, of("x"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "layer base (Functional), a model within the model with 2 inputs and 1 outputs;"
                + " allowed: one of each, or its layers in the model itself");
    List<Object> twice = new ArrayList<>(of("x"));
    twice.addAll(of("x"));
    assertThatThrownBy(() -> KerasDocuments.read(around(branches(), twice)))
        .hasMessageContaining("uses layer base (Functional) more than once");
  }

  @Test
  void readWeights_ofAModelWithinAModel_findsThemByName(@TempDir Path folder) {
    // Given
    Path file = folder.resolve("nested.weights.h5");
    try (var written = HdfFile.write(file)) {
      WritableGroup layers = written.putGroup("layers");
      WritableGroup base = layers.putGroup("functional");
      base.putGroup("vars").putAttribute("name", "base");
      WritableGroup inner = base.putGroup("layers");
      putDense(inner, "dense", "a", 4, 3, 1);
      putDense(inner, "dense_1", "b", 4, 2, 2);
      putDense(layers, "dense", "last", 3, 1, 3);
    }
    ModelDefinition definition = KerasDocuments.read(around(branches(), of("x")));
    Network network = Network.compile(definition.network(), List.of(), 1, 1);

    // When
    List<String> filled =
        KerasWeights.read(file, network.definition(), List.of(), network.weights());

    // Then
    assertThat(filled).containsExactly("base_a", "base_b", "last");
    assertThat(network.weights().read("base_a/kernel")).hasSize(12).containsOnly(1);
    assertThat(network.weights().read("base_b/bias")).hasSize(2).containsOnly(2);
    assertThat(network.weights().read("last/kernel")).hasSize(3).containsOnly(3);
  }

  private static void putDense(
      WritableGroup layers, String group, String name, int rows, int columns, float value) {
    WritableGroup vars = layers.putGroup(group).putGroup("vars");
    vars.putAttribute("name", name);
    float[][] kernel = new float[rows][columns];
    for (float[] row : kernel) {
      Arrays.fill(row, value);
    }
    float[] bias = new float[columns];
    Arrays.fill(bias, value);
    vars.putDataset("0", kernel);
    vars.putDataset("1", bias);
  }

  /** Returns a model around another one, called {@code base}. */
  private static Map<String, Object> around(Map<String, Object> base, List<?> inboundNodes) {
    return model(
        "Functional",
        List.of(
            input("x", 4),
            nested("base", base, Map.of(), inboundNodes),
            dense("last", 1, of("base"))),
        Map.of("output_layers", List.of(List.of("last", 0, 0))));
  }

  /** Returns a model of two layers that read its input; the first one is its output. */
  private static Map<String, Object> branches() {
    return model(
        "Functional",
        List.of(input("in", 4), dense("a", 3, of("in")), dense("b", 2, of("in"))),
        Map.of("output_layers", List.of(List.of("a", 0, 0))));
  }

  @SafeVarargs
  private static Map<String, Object> sequential(Map<String, Object>... layers) {
    return model("Sequential", List.of(layers), Map.of());
  }

  private static Map<String, Object> nested(
      String name, Map<String, Object> model, Map<String, Object> more, List<?> inboundNodes) {
    Map<String, Object> config = Json.map(model.get("config"));
    config.put("name", name);
    config.putAll(more);
    Map<String, Object> layer = KerasDocuments.layer(Json.text(model.get("class_name")), config);
    layer.put("name", name);
    layer.put("module", "keras");
    layer.put("inbound_nodes", inboundNodes);
    return layer;
  }

  private static List<?> of(String layer) {
    return List.of(call(List.of(tensor(layer, 0, 0)), Map.of()));
  }
}
