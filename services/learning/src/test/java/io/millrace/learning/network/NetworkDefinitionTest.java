package io.millrace.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.layers.TensorShape;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkDefinitionTest {
  private static final Map<String, Object> DENSE = Map.of("type", "dense", "units", 3);

  @Test
  void read_layersWithoutNamesAndInputs_areNamedByTypeAndSequential() {
    NetworkDefinition network = read(List.of(4), DENSE, Map.of("type", "flatten"), DENSE);

    assertThat(network.layers())
        .extracting(LayerDefinition::name)
        .containsExactly("dense", "flatten", "dense_1");
    assertThat(network.layers().get(2).inputs()).containsExactly("flatten");
    assertThat(network.outputs()).containsExactly("dense_1");
    assertThat(network.outputShape("dense_1")).isEqualTo(TensorShape.of(3));
    assertThat(network.parameterCount()).isEqualTo(4 * 3 + 3 + 3 * 3 + 3);
  }

  @Test
  void read_unfitShape_namesLayerShapeAndNeed() {
    assertThatThrownBy(
            () ->
                read(
                    List.of(4),
                    Map.of("type", "conv1d", "name", "words", "filters", 2, "kernel_size", 3)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "layers[0]: layer words (conv1d) gets (4); it needs one input with (steps, channels)");
  }

  @Test
  void read_kernelLongerThanInput_namesTheNeededPlaces() {
    assertThatThrownBy(
            () -> read(List.of(2, 1), Map.of("type", "conv1d", "filters", 2, "kernel_size", 3)))
        .hasMessageContaining("gets (2, 1); it needs at least 3 places along axis 1");
  }

  @Test
  void read_unknownInput_namesWhatThereIs() {
    assertThatThrownBy(
            () -> read(List.of(4), Map.of("type", "dense", "units", 3, "inputs", List.of("other"))))
        .hasMessage("layers[0].inputs: is other; allowed: input");
  }

  @Test
  void read_nameTwice_isAProblem() {
    Map<String, Object> named = Map.of("type", "dense", "units", 3, "name", "input");

    assertThatThrownBy(() -> read(List.of(4), named))
        .hasMessageContaining("is input, which another input or layer has already");
  }

  @Test
  void read_unknownOption_isAProblem() {
    assertThatThrownBy(() -> read(List.of(4), Map.of("type", "dense", "units", 3, "unit", 4)))
        .hasMessageContaining("layers[0].unit: is not known here");
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static NetworkDefinition read(List<Integer> shape, Map<String, Object>... layers) {
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "input", "shape", shape)),
                "layers",
                List.of(layers)));
    NetworkDefinition network = NetworkDefinition.read(section);
    section.finish();
    return network;
  }
}
