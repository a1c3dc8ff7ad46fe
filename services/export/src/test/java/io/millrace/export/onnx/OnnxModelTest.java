package io.millrace.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.export.Examples;
import io.millrace.export.ExportedModel;
import io.millrace.export.InexpressibleException;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes what Millrace's own inference does, of every type of layer. */
class OnnxModelTest {
  private static final int ROWS = 16;
  private static final float TOLERANCE = 1e-5f;

  static Stream<String> models() {
    return Examples.names().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void write_everyLayer_onnxRuntimePredictsWhatInferencePredicts(String name) throws Exception {
    // Given
    ExportedModel model = Examples.model(name);
    ModelDefinition definition = model.definition();
    Inference inference = new Inference(definition, ROWS);
    inference.load(new Model(definition, Examples.weights(definition)));
    draw(definition, inference);

    try (OnnxRun run = new OnnxRun(model)) {
      for (int i = 0; i < definition.inputs().size(); i++) {
        float[] values = inference.rows().input(i);
        run.with(definition.inputs().get(i).name(), ROWS, values.clone());
      }

      // When
      Map<String, float[]> outputs = run.outputs();
      inference.run();

      // Then
      for (int i = 0; i < definition.outputs().size(); i++) {
        assertThat(outputs.get(definition.outputs().get(i).name()))
            .as(name)
            .containsExactly(
                Arrays.copyOf(inference.output(i), ROWS * inference.outputWidth(i)),
                within(TOLERANCE));
      }
    }
  }

  @Test
  void write_model_metadataNamesVersionFieldsAndClasses() throws Exception {
    try (OnnxRun run = new OnnxRun(Examples.model("two_inputs"))) {
      assertThat(run.session().getMetadata().getCustomMetadata())
          .containsEntry("model", "two_inputs")
          .containsEntry("version", "3")
          .containsEntry("fields", "{\"tokens\":[\"tokens\"],\"sensors\":[\"s\",\"t\",\"u\"]}")
          .containsEntry("classes", "{\"risk\":[\"low\",\"high\"]}")
          .containsKey("parameters_sha256");
      assertThat(run.session().getInputNames()).containsExactly("tokens", "sensors");
      assertThat(run.session().getOutputNames()).containsExactly("risk", "age");
    }
  }

  @Test
  void write_twice_givesEqualBytes() throws IOException {
    assertThat(bytes(Examples.model("dense"))).isEqualTo(bytes(Examples.model("dense")));
  }

  @Test
  void create_activationThatNoOperatorHas_isRefusedByLayer() {
    ModelDefinition definition =
        definition(
            Map.of("type", "reshape", "target_shape", List.of(2, 2)),
            Map.of("type", "lstm", "name", "memory", "units", 2, "activation", "selu"));

    assertThatThrownBy(() -> new OnnxModel(Examples.model("selu", definition), true))
        .isInstanceOf(InexpressibleException.class)
        .hasMessageStartingWith(
            "layer memory is lstm with the activation selu, for which ONNX has no operator;"
                + " allowed: relu,");
  }

  @Test
  void create_outputWithTheNameOfAnInput_isRefused() {
    ModelDefinition definition =
        Examples.definition(
            Map.of(
                "inputs", Map.of("y", Map.of("size", 4)),
                "outputs", Map.of("y", Map.of()),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));

    assertThatThrownBy(() -> new OnnxModel(Examples.model("same", definition), true))
        .isInstanceOf(InexpressibleException.class)
        .hasMessage(
            "y is an input and an output, but ONNX has one name for each; allowed: other names");
  }

  private static ModelDefinition definition(Map<?, ?>... layers) {
    return Examples.definition(
        Map.of(
            "inputs", Map.of("f", Map.of("size", 4)),
            "outputs", Map.of("y", Map.of()),
            "network", Map.of("layers", List.of(layers))));
  }

  private static void draw(ModelDefinition definition, Inference inference) {
    Random random = new Random(5);
    for (int i = 0; i < definition.inputs().size(); i++) {
      int bound = definition.indexBound(i);
      boolean isImage = definition.inputs().get(i).image().isPresent();
      float[] values = inference.rows().input(i);
      for (int at = 0; at < values.length; at++) {
        float number = bound > 0 ? random.nextInt(bound) : (float) (5 + 3 * random.nextGaussian());
        values[at] = isImage ? random.nextInt(256) : number;
      }
    }
    inference.rows().resize(ROWS);
  }

  private static byte[] bytes(ExportedModel model) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new OnnxModel(model, true).write(file);
    return file.toByteArray();
  }
}
