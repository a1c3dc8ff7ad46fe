package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.network.Network;
import io.millrace.settings.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Architectures and weights written by Keras 3 and 2 give the same predictions as in Keras; {@code
 * src/test/python/keras_models.py} wrote them.
 */
class KerasPredictionsTest {
  private static final double TOLERANCE = 2e-5;

  static Stream<String> models() {
    return Stream.concat(KerasFiles.MODELS.stream(), Stream.of("archive"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void forward_modelOfKeras_predictsWhatKerasPredicts(String model) throws IOException {
    predictsTheSame("3/" + model, "3/" + model + ".weights.h5");
    predictsTheSame("2/" + model, "2/" + model + ".h5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3/archive.keras",
        "2/archive.keras",
        "2/archive.weights.h5",
        "2/archive.whole.h5"
      })
  void read_otherFormsOfWeights_predictTheSame(String weights) throws IOException {
    predictsTheSame(weights.substring(0, 2) + "archive", weights);
  }

  private static void predictsTheSame(String model, String weights) throws IOException {
    // Given
    JsonNode expected =
        new ObjectMapper().readTree(new KerasFiles().resolve(model + ".predictions.json").toFile());
    int rows = expected.get("rows").asInt();
    Network network = network(model, expected, rows);

    // When
    if (network.definition().parameterCount() > 0) {
      KerasWeights.read(
          new KerasFiles().resolve(weights), network.definition(), List.of(), network.weights());
    }
    network.forward(inputs(network, expected), rows, Mode.INFERENCE);

    // Then
    List<String> outputs = network.definition().outputs();
    assertThat(outputs).isNotEmpty();
    for (int i = 0; i < outputs.size(); i++) {
      JsonNode values = expected.get("outputs").get(outputs.get(i));
      for (int value = 0; value < values.size(); value++) {
        assertThat((double) network.output(i)[value])
            .as("%s: %s[%d]", model, outputs.get(i), value)
            .isCloseTo(values.get(value).asDouble(), within(TOLERANCE));
      }
    }
  }

  private static Network network(String model, JsonNode expected, int rows) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    expected
        .get("inputs")
        .fields()
        .forEachRemaining(
            input ->
                inputs.put(
                    input.getKey(),
                    Map.of("size", input.getValue().size() / rows, "scaling", "none")));
    Map<String, Object> outputs = new LinkedHashMap<>();
    expected
        .get("outputs")
        .fieldNames()
        .forEachRemaining(name -> outputs.put(name, Map.of("loss", "mean_squared_error")));
    Section root =
        Section.root(
            Map.of(
                "inputs",
                inputs,
                "outputs",
                outputs,
                "network",
                Map.of("architecture", model + ".json")),
            new KerasFiles());
    ModelDefinition definition = ModelDefinition.read(root);
    root.finish();
    return Network.compile(definition.network(), List.of(), rows, 1);
  }

  private static float[][] inputs(Network network, JsonNode expected) {
    List<float[]> inputs = new ArrayList<>();
    network
        .definition()
        .inputs()
        .forEach(
            input -> {
              JsonNode values = expected.get("inputs").get(input.name());
              float[] flat = new float[values.size()];
              for (int i = 0; i < flat.length; i++) {
                flat[i] = (float) values.get(i).asDouble();
              }
              inputs.add(flat);
            });
    return inputs.toArray(float[][]::new);
  }
}
