package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KerasWeightsTest {
  private static final String FILE = "functional.weights.h5";

  @Test
  void read_wholeNetwork_fillsEveryLayerWithWeights() {
    // Given
    Network network = network(5);

    // When
    List<String> filled = read(network, List.of());

    // Then
    assertThat(filled).containsExactly("conv", "both", "norm", "wide", "risk");
    assertThat(network.weights().read("conv/bias"))
        .containsExactly(12.5f, 12.625f, 12.75f, 12.875f);
    assertThat(network.weights().read("both/backward_lstm/lstm_cell/kernel")[0]).isEqualTo(25);
    assertThat(network.weights().read("norm/moving_variance")).containsOnly(2);
    assertThat(network.weights().read("risk/bias")).containsExactly(1.25f, 1.375f);
  }

  @Test
  void read_anotherHead_takesTheNamedLayersAlone() {
    // Given
    Network network = network(7);

    // When
    List<String> filled = read(network, List.of("conv", "both", "norm"));

    // Then
    assertThat(filled).containsExactly("conv", "both", "norm");
    assertThat(network.weights().read("wide/bias")).containsOnly(0);
  }

  @Test
  void read_anotherShape_namesBoth() {
    // Given
    Network network = network(7);

    // When, then
    assertThatThrownBy(() -> read(network, List.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("layers/dense ([4, 5], [5])")
        .hasMessageContaining("layer wide (dense: kernel [4, 7], bias [7])");
  }

  private static List<String> read(Network network, List<String> layers) {
    return KerasWeights.read(
        new KerasFiles().resolve(FILE), network.definition(), layers, network.weights());
  }

  private static Network network(int width) {
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "readings", "shape", List.of(6, 3))),
                "layers",
                List.of(
                    Map.of(
                        "type", "conv1d", "name", "conv", "filters", 4, "kernel_size", List.of(2)),
                    Map.of(
                        "type", "bidirectional",
                        "name", "both",
                        "layer", Map.of("type", "lstm", "units", 2)),
                    Map.of("type", "batch_normalization", "name", "norm"),
                    Map.of("type", "dense", "name", "wide", "units", width),
                    Map.of("type", "dense", "name", "risk", "units", 2))));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    return Network.compile(definition, List.of(), 1, 1);
  }
}
