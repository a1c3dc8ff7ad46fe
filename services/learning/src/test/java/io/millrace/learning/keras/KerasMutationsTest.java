package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No argument of a layer in a Keras file is ignored: each argument of each layer is changed in
 * turn, and an unknown one is added.
 */
class KerasMutationsTest {
  /** Arguments that do not affect what a layer computes. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "sparse", // of an input
          "implementation",
          "input_length",
          "batch_input_shape", // of an embedding, which follows its input
          "renorm_clipping",
          "renorm_momentum",
          "seed",
          "synchronized",
          "unroll",
          "zero_output_for_mask");

  static Stream<String> models() {
    return Stream.of("2/", "3/")
        .flatMap(version -> KerasFiles.MODELS.stream().map(name -> version + name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void read_argumentOfAnotherKind_isRefusedByLayerAndKey(String file) {
    Map<String, Object> model = new KerasFiles().tree(file);
    assertThat(KerasDocuments.names(KerasDocuments.read(model))).isNotEmpty();
    List<String> passedOver = new ArrayList<>();
    forEachArgument(
        model,
        (layer, key) -> {
          String said = refusal(model, layer, key);
          if (!said.contains("layer " + name(layer)) || !said.contains(key)) {
            passedOver.add(key + " of " + layer.get("class_name") + ": " + said);
          }
        });
    assertThat(passedOver).isEmpty();
  }

  private static String refusal(Map<String, Object> model, Map<String, Object> layer, String key) {
    Map<String, Object> changed = changed(model, layer, key, "zzz");
    try {
      KerasDocuments.read(document(model), changed);
      return isWithoutMeaning(layer, key) ? "layer " + name(layer) + " " + key : "passed over";
    } catch (InvalidSettingsException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void read_argumentThatNobodyKnows_isRefusedByLayerAndKey(String file) {
    Map<String, Object> model = new KerasFiles().tree(file);
    KerasDocuments.layers(model)
        .forEach(
            layer -> {
              Map<String, Object> changed = changed(model, layer, "novelty", 1);
              assertThatThrownBy(() -> KerasDocuments.read(document(model), changed))
                  .isInstanceOf(InvalidSettingsException.class)
                  .hasMessageContaining("layer " + name(layer))
                  .hasMessageContaining("novelty: 1 (number), which is not known here");
            });
  }

  private static Map<String, Object> document(Map<String, Object> model) {
    return KerasDocuments.document(model);
  }

  private static boolean isWithoutMeaning(Map<String, Object> layer, String key) {
    boolean isOfNoSeparable =
        key.startsWith("kernel_")
            && !key.equals("kernel_size")
            && String.valueOf(layer.get("class_name")).startsWith("Separable");
    boolean isOfNoWeights =
        key.equals("trainable")
            && Set.of("InputLayer", "ReLU", "LeakyReLU", "ELU", "Softmax")
                .contains(String.valueOf(layer.get("class_name")));
    boolean isShapeOfInput = key.endsWith("batch_input_shape") && isInput(layer);
    return isOfNoSeparable || isOfNoWeights || (WITHOUT_MEANING.contains(key) && !isShapeOfInput);
  }

  private static boolean isInput(Map<String, Object> layer) {
    return "InputLayer".equals(layer.get("class_name"));
  }

  private static String name(Map<String, Object> layer) {
    return Json.text(Json.map(layer.get("config")).get("name"));
  }

  private static void forEachArgument(
      Map<String, Object> model, BiConsumer<Map<String, Object>, String> action) {
    KerasDocuments.layers(model)
        .forEach(
            layer ->
                Json.map(layer.get("config")).keySet().stream()
                    .filter(key -> !key.equals("name"))
                    .forEach(key -> action.accept(layer, key)));
  }

  /** Returns the model with one argument of one layer changed. */
  private static Map<String, Object> changed(
      Map<String, Object> model, Map<String, Object> layer, String key, Object value) {
    Map<String, Object> arguments = Json.map(layer.get("config"));
    arguments.put(key, value);
    Map<String, Object> changed = new LinkedHashMap<>(layer);
    changed.put("config", arguments);
    Map<String, Object> config = Json.map(model.get("config"));
    List<Map<String, Object>> layers =
        KerasDocuments.layers(model)
            .map(each -> name(each).equals(name(layer)) ? changed : each)
            .toList();
    config.put("layers", layers);
    Map<String, Object> result = new LinkedHashMap<>(model);
    result.put("config", config);
    return result;
  }
}
