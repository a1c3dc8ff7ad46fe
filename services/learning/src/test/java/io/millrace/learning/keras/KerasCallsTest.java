package io.millrace.learning.keras;

import static io.millrace.learning.keras.KerasDocuments.call;
import static io.millrace.learning.keras.KerasDocuments.dense;
import static io.millrace.learning.keras.KerasDocuments.input;
import static io.millrace.learning.keras.KerasDocuments.layer;
import static io.millrace.learning.keras.KerasDocuments.model;
import static io.millrace.learning.keras.KerasDocuments.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How layers of Functional models call each other, as written by Keras 3 and Keras 2. */
class KerasCallsTest {

  @Test
  void read_branchesOfKeras2_eachReadsItsOwn() {
    // Given
    Map<String, Object> model =
        model(
            "Functional",
            List.of(
                KerasDocuments.keras2Input("x", 2),
                dense("trunk", 8, List.of(List.of(List.of("x", 0, 0, Map.of())))),
                dense("label", 2, List.of(List.of(List.of("trunk", 0, 0, Map.of())))),
                dense("amount", 1, List.of(List.of(List.of("trunk", 0, 0, Map.of()))))),
            Map.of(
                "input_layers", List.of(List.of("x", 0, 0)),
                "output_layers", List.of(List.of("label", 0, 0), List.of("amount", 0, 0))));
    model.put("keras_version", "2.15.0");
    model.put("backend", "tensorflow");

    // When
    ModelDefinition definition = KerasDocuments.read(model);

    // Then
    LayerDefinition amount = definition.network().layers().get(2);
    assertThat(amount.inputs()).containsExactly("trunk");
    assertThat(amount.parameterCount()).isEqualTo(9);
    assertThat(definition.network().outputs()).containsExactly("label", "amount");
  }

  @Test
  void read_imageOfKeras2_keepsItsShape() {
    // Given
    Map<String, Object> pooling = layer("GlobalMaxPooling2D", Map.of("name", "it"));
    pooling.put("inbound_nodes", List.of(List.of(List.of("x", 0, 0, Map.of()))));
    Map<String, Object> model =
        model(
            "Functional",
            List.of(KerasDocuments.keras2Input("x", 4, 4, 3), pooling),
            Map.of("output_layers", List.of(List.of("it", 0, 0))));

    // When
    ModelDefinition definition = KerasDocuments.read(model);

    // Then
    assertThat(definition.network().layers().get(0).outputShape()).hasToString("(4, 4, 3)");
    assertThat(definition.network().layers().get(1).outputShape()).hasToString("(3)");
  }

  @Test
  void read_sequenceOfUnknownLength_followsTheDocument() {
    // Given
    Map<String, Object> lstm = layer("LSTM", Map.of("name", "it", "units", 2));
    Map<String, Object> input = new LinkedHashMap<>(input("features", 1, 3));
    List<Object> shape = new ArrayList<>();
    shape.add(null);
    shape.add(null);
    shape.add(3);
    input.put("config", Map.of("name", "features", "batch_shape", shape));
    Map<String, Object> model = model("Sequential", List.of(input, lstm), Map.of());
    Map<String, Object> document =
        Map.of(
            "inputs", Map.of("features", Map.of("size", 12)),
            "outputs", Map.of("y", Map.of()),
            "network", Map.of("architecture", "model.json"));

    // When
    ModelDefinition definition = KerasDocuments.read(document, model);

    // Then
    assertThat(definition.network().layers().get(0).outputShape()).hasToString("(4, 3)");
  }

  @Test
  void read_sumOfTensors_isALayer() {
    // Given
    Map<String, Object> sum = layer("Add", Map.of("name", "sum"));
    sum.put("module", "keras.src.ops.numpy");
    sum.put(
        "inbound_nodes", List.of(call(List.of(tensor("a", 0, 0), tensor("b", 0, 0)), Map.of())));

    // When
    ModelDefinition definition = KerasDocuments.read(twoBranches(sum));

    // Then
    assertThat(definition.network().layers().get(2).inputs()).containsExactly("a", "b");
  }

  static List<Arguments> refusedCalls() {
    return List.of(
        Arguments.of(
            "uses layer it (Dense) more than once",
            List.of(
                call(List.of(tensor("a", 0, 0)), Map.of()),
                call(List.of(tensor("b", 0, 0)), Map.of()))),
        Arguments.of(
            "uses layer it (Dense) more than once",
            List.of(List.of(List.of("a", 0, 0, Map.of())), List.of(List.of("b", 0, 0, Map.of())))),
        Arguments.of(
            "layer it (Dense) that reads [a, 1, 0]; allowed: the first use",
            List.of(call(List.of(tensor("a", 1, 0)), Map.of()))),
        Arguments.of(
            "layer it (Dense) that reads [a, 0, 1]; allowed: the first use",
            List.of(List.of(List.of("a", 0, 1, Map.of())))),
        Arguments.of(
            "calls layer it (Dense) with training: false (boolean); allowed: tensors alone",
            List.of(List.of(List.of("a", 0, 0, Map.of("training", false))))),
        Arguments.of(
            "calls layer it (Dense) with training: true (boolean); allowed: tensors alone",
            List.of(call(List.of(tensor("a", 0, 0)), Map.of("training", true)))),
        Arguments.of(
            "calls layer it (Dense) with mask: __keras_tensor__ (object)",
            List.of(call(List.of(tensor("a", 0, 0)), Map.of("mask", tensor("b", 0, 0))))),
        Arguments.of(
            "calls layer it (Dense) with 2 arguments; allowed: one",
            List.of(call(List.of(tensor("a", 0, 0), tensor("b", 0, 0)), Map.of()))),
        Arguments.of(
            "calls layer it (Dense) with the argument 1.5 (number)",
            List.of(call(List.of(1.5), Map.of()))),
        Arguments.of(
            "layer it (Dense) that reads other, which is not before it",
            List.of(List.of(List.of("other", 0, 0)))),
        Arguments.of("layer it (Dense), which reads nothing", List.of()));
  }

  @ParameterizedTest
  @MethodSource("refusedCalls")
  void read_callThatMeansMore_isRefused(String reason, List<?> inboundNodes) {
    assertThatThrownBy(() -> KerasDocuments.read(twoBranches(dense("it", 1, inboundNodes))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("network.architecture: ")
        .hasMessageContaining(reason);
  }

  @Test
  void read_sumWithAConstant_isRefused() {
    Map<String, Object> sum = layer("Add", Map.of("name", "sum"));
    sum.put("module", "keras.src.ops.numpy");
    sum.put("inbound_nodes", List.of(call(List.of(tensor("a", 0, 0), 1), Map.of())));
    assertThatThrownBy(() -> KerasDocuments.read(twoBranches(sum)))
        .hasMessageContaining("calls layer sum (Add) with the argument 1 (number)");
  }

  @Test
  void read_operationOfKeras2_isRefusedByItsClass() {
    Map<String, Object> sum = layer("TFOpLambda", Map.of("name", "sum", "function", "math.add"));
    sum.put("inbound_nodes", List.of(List.of("a", 0, 0, Map.of("y", List.of("b", 0, 0)))));
    assertThatThrownBy(() -> KerasDocuments.read(twoBranches(sum)))
        .hasMessageContaining("has layer sum (TFOpLambda), which is not supported");
  }

  static List<Arguments> refusedLayers() {
    return List.of(
        Arguments.of("keras.layers", "Lambda", "which is not supported; supported: Activation"),
        Arguments.of("keras.layers", "Masking", "which is not supported"),
        Arguments.of("keras.layers", "TimeDistributed", "which is not supported"),
        Arguments.of("keras.src.ops.numpy", "Concatenate", "the operation it (Concatenate)"),
        Arguments.of("my_package.layers", "Dense", "class_name: my_package.layers (text)"));
  }

  @ParameterizedTest
  @MethodSource("refusedLayers")
  void read_layerThatIsNotKeras_isRefused(String module, String kind, String reason) {
    Map<String, Object> layer = dense("it", 1, List.of(call(List.of(tensor("a", 0, 0)), Map.of())));
    layer.put("module", module);
    layer.put("class_name", kind);
    assertThatThrownBy(() -> KerasDocuments.read(twoBranches(layer)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("it (" + kind + ")")
        .hasMessageContaining(reason);
  }

  @Test
  void read_widthOfAnotherInput_namesBoth() {
    Map<String, Object> model = KerasDocuments.sequential("Dense", Map.of("units", 1));
    Map<String, Object> document =
        Map.of(
            "inputs", Map.of("features", Map.of("size", 5)),
            "outputs", Map.of("y", Map.of()),
            "network", Map.of("architecture", "model.json"));
    assertThatThrownBy(() -> KerasDocuments.read(document, model))
        .hasMessageContaining("of the shape [4], which is 4 values, but inputs.features has 5");
  }

  @Test
  void read_otherOutputs_namesBoth() {
    Map<String, Object> model =
        twoBranches(dense("it", 1, List.of(call(List.of(tensor("a", 0, 0)), Map.of()))));
    Map<String, Object> document = new LinkedHashMap<>(KerasDocuments.document(model));
    document.put("outputs", Map.of("it", Map.of(), "a", Map.of()));
    assertThatThrownBy(() -> KerasDocuments.read(document, model))
        .hasMessageContaining("has one output, but the document has");
  }

  /** Returns a model of two layers that read the input, and one that makes its output. */
  private static Map<String, Object> twoBranches(Map<String, Object> last) {
    String name = Json.text(Json.map(last.get("config")).get("name"));
    List<?> ofInput = List.of(call(List.of(tensor("x", 0, 0)), Map.of()));
    return model(
        "Functional",
        List.of(input("x", 4), dense("a", 3, ofInput), dense("b", 3, ofInput), last),
        Map.of("output_layers", List.of(name, 0, 0)));
  }
}
