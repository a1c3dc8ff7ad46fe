package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KerasArchitectureTest {

  @Test
  void read_sequential_isTheNetworkOfTheDocument() {
    // Given
    Map<String, Object> document = document("sequential.json", "features", 16, "letter");

    // When
    List<LayerDefinition> layers = read(document);

    // Then
    assertThat(layers)
        .extracting(LayerDefinition::name)
        .containsExactly("hidden", "dropout", "letter");
    assertThat(layers).extracting(LayerDefinition::trainable).containsExactly(false, true, true);
    assertThat(layers.get(0).options())
        .containsEntry("kernel_initializer", Map.of("type", "he_normal"))
        .containsEntry("kernel_regularizer", Map.of("type", "l1_l2", "l1", 0.0, "l2", 0.001))
        .containsEntry("kernel_constraint", Map.of("type", "max_norm", "max_value", 3, "axis", 0));
  }

  @Test
  void read_functional_readsShapesAndInnerLayers() {
    // Given
    Map<String, Object> document = document("functional.json", "sensors", 18, "risk");

    // When
    List<LayerDefinition> layers = read(document);

    // Then
    assertThat(layers)
        .extracting(LayerDefinition::type)
        .containsExactly(
            "reshape",
            "conv1d",
            "leaky_relu",
            "bidirectional",
            "batch_normalization",
            "dense",
            "dense");
    assertThat(layers.get(0).inputs()).containsExactly("sensors");
    assertThat(layers.get(1).inputs()).containsExactly("sensors_shape");
    assertThat(layers.get(3).outputShape()).hasToString("(4)");
    assertThat(layers.get(6).inputs()).containsExactly("wide");
  }

  @Test
  void read_unknownLayer_namesLayerAndClass() {
    // Given
    Map<String, Object> json =
        sequential(Map.of("class_name", "MultiHeadAttention", "config", Map.of("name", "heads")));

    // When, then
    assertThatThrownBy(() -> layers(json))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("layer heads (MultiHeadAttention), which is not supported");
  }

  @Test
  void read_backwardLayerOfItsOwn_isRefused() {
    // Given
    Map<String, Object> forward =
        Map.of("class_name", "LSTM", "config", Map.of("name", "forward_lstm", "units", 4));
    Map<String, Object> backward =
        Map.of("class_name", "LSTM", "config", Map.of("name", "backward_lstm", "units", 3));
    Map<String, Object> json =
        sequential(
            Map.of(
                "class_name",
                "Bidirectional",
                "config",
                Map.of("name", "both", "layer", forward, "backward_layer", backward)));

    // When, then
    assertThatThrownBy(() -> layers(json))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("layer both (Bidirectional) with a backward_layer of its own");
  }

  @Test
  void read_optionThatWeLack_namesLayerOptionAndValue() {
    // Given
    Map<String, Object> json =
        sequential(
            Map.of(
                "class_name",
                "Conv2D",
                "config",
                Map.of("name", "grouped", "filters", 4, "groups", 2)));

    // When, then
    assertThatThrownBy(() -> layers(json))
        .hasMessageContaining("layer grouped (Conv2D) with groups: 2 (number); allowed: 1");
  }

  static List<Arguments> refusedArguments() {
    Map<String, Object> noMerge = new LinkedHashMap<>();
    noMerge.put("merge_mode", null);
    Map<String, Object> half =
        Map.of("class_name", "Policy", "config", Map.of("name", "mixed_float16"));
    return List.of(
        Arguments.of("ReLU", Map.of("max_value", 6), "max_value: 6 (number); allowed: null"),
        Arguments.of("Softmax", Map.of("axis", 1), "axis: 1 (number); allowed: -1"),
        Arguments.of("Bidirectional", noMerge, "merge_mode: null; allowed"),
        Arguments.of(
            "Dense", Map.of("dtype", half), "dtype: mixed_float16 (text); allowed: float32"),
        Arguments.of("Dense", Map.of("lora_rank", 4), "lora_rank: 4 (number); allowed: null"),
        Arguments.of(
            "LSTM", Map.of("time_major", true), "time_major: true (boolean); allowed: false"),
        Arguments.of(
            "Embedding", Map.of("mask_zero", true), "mask_zero: true (boolean); allowed: false"),
        Arguments.of(
            "Dense",
            Map.of(
                "kernel_initializer",
                Map.of("class_name", "VarianceScaling", "config", Map.of("scale", 3.0))),
            "kernel_initializer: VarianceScaling(3.0 fan_in truncated_normal); allowed"));
  }

  @ParameterizedTest
  @MethodSource("refusedArguments")
  void read_argumentThatChangesTheLayer_isRefusedByLayerAndKey(
      String kind, Map<String, Object> config, String reason) {
    Map<String, Object> json = KerasDocuments.sequential(kind, config);
    assertThatThrownBy(() -> layers(json))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("network.architecture: has layer it (" + kind + ") with " + reason);
  }

  static List<Arguments> leakySlopes() {
    return List.of(
        Arguments.of(Map.of(), 0.3),
        Arguments.of(Map.of("negative_slope", 0.05), 0.05),
        Arguments.of(Map.of("alpha", 0.10000000149011612), 0.1));
  }

  @ParameterizedTest
  @MethodSource("leakySlopes")
  void read_leakyRelu_hasItsSlope(Map<String, Object> config, double slope) {
    assertThat(layers(KerasDocuments.sequential("LeakyReLU", config)))
        .containsExactly(Map.of("type", "leaky_relu", "name", "it", "negative_slope", slope));
  }

  @Test
  void read_leakyReluOfNoSlopeOrANegativeOne_isRefused() {
    Map<String, Object> none = new LinkedHashMap<>();
    none.put("negative_slope", null);
    assertThatThrownBy(() -> layers(KerasDocuments.sequential("LeakyReLU", none)))
        .hasMessageContaining("layer it (LeakyReLU) with negative_slope: null; allowed: a number");
    Map<String, Object> below = KerasDocuments.sequential("LeakyReLU", Map.of("alpha", -1));
    assertThatThrownBy(() -> KerasDocuments.read(below))
        .hasMessageContaining(
            "layer it (LeakyReLU) with alpha: -1 (number); allowed: a number, at");
  }

  @Test
  void read_leakyReluAsActivationOfALayer_hasTheActivationsSlope() {
    Map<String, Object> leaky =
        Map.of("class_name", "LeakyReLU", "config", Map.of("negative_slope", 0.3));
    Map<String, Object> json =
        KerasDocuments.sequential("Dense", Map.of("units", 2, "activation", leaky));
    assertThatThrownBy(() -> layers(json))
        .hasMessageContaining("it.activation (LeakyReLU) with negative_slope: 0.3 (number)")
        .hasMessageContaining("allowed: 0.2, or any as a layer of its own");
  }

  @Test
  void read_hardSigmoid_isThatOfKeras3() {
    // Given
    Map<String, Object> config = Map.of("units", 2, "recurrent_activation", "hard_sigmoid");
    Map<String, Object> keras3 = KerasDocuments.sequential("LSTM", config);
    Map<String, Object> keras2 = new LinkedHashMap<>(keras3);
    keras2.put("keras_version", "2.15.0");

    // When, then
    assertThat(layers(keras3).get(0)).containsEntry("recurrent_activation", "hard_sigmoid");
    assertThatThrownBy(() -> layers(keras2))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "layer it (LSTM) with hard_sigmoid of Keras 2, which is 0.2 x + 0.5; allowed: that of"
                + " Keras 3, x / 6 + 0.5");
  }

  @Test
  void read_gruThatResetsBefore_saysWhatIsAllowed() {
    Map<String, Object> config = Map.of("units", 2, "reset_after", false);
    Map<String, Object> model = KerasDocuments.sequential("GRU", config);
    assertThatThrownBy(() -> KerasDocuments.read(model))
        .hasMessageContaining("layer it (gru): reset_after is false; allowed: true");
  }

  private static List<Map<String, Object>> layers(Map<String, Object> json) {
    return KerasFile.read(json).layers(Map.of("features", 4), List.of());
  }

  private static List<LayerDefinition> read(Map<String, Object> document) {
    Section root = Section.root(document, new KerasFiles());
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    return definition.network().layers();
  }

  private static Map<String, Object> sequential(Map<String, Object> layer) {
    return Map.of("class_name", "Sequential", "config", Map.of("layers", List.of(layer)));
  }

  private static Map<String, Object> document(String file, String input, int size, String output) {
    return Map.of(
        "inputs", Map.of(input, Map.of("size", size)),
        "outputs", Map.of(output, Map.of("loss", "categorical_crossentropy")),
        "network", Map.of("architecture", file));
  }
}
