package io.millrace.learning.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  @Test
  void read_layersInAnotherOrder_findsThemByName() {
    // Given: a file of dense_1 [3, 2] and result [2, 1]
    for (String file : List.of("3/archive.weights.h5", "2/archive.h5", "3/archive.keras")) {
      NetworkDefinition branches =
          dense(
              Map.of("name", "result", "units", 1, "inputs", List.of("x")),
              Map.of("name", "dense_1", "units", 2, "inputs", List.of("features")));

      // When, then
      assertThat(check(file, branches, List.of("dense_1"))).containsExactly("dense_1");
      assertThat(check(file, branches, List.of("dense_1", "result")))
          .containsExactly("result", "dense_1");
    }
  }

  @Test
  void read_otherNames_takesThemInOrder() {
    NetworkDefinition renamed =
        dense(Map.of("name", "one", "units", 2), Map.of("name", "two", "units", 1));
    for (String file : List.of("3/archive.weights.h5", "2/archive.h5", "2/archive.weights.h5")) {
      assertThat(check(file, renamed, List.of())).containsExactly("one", "two");
    }
  }

  @Test
  void read_fileThatDoesNotFit_namesLayerAndShapes() {
    NetworkDefinition longer = dense(Map.of("units", 2), Map.of("units", 1), Map.of("units", 4));
    NetworkDefinition shorter = dense(Map.of("units", 2));
    NetworkDefinition wider = dense(Map.of("units", 3), Map.of("units", 1));
    for (String file : List.of("3/archive.weights.h5", "2/archive.h5", "2/archive.whole.h5")) {
      assertThatThrownBy(() -> check(file, longer, List.of()))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("training.initial_weights: has no weights for layer dense_2")
          .hasMessageContaining("kernel [1, 4], bias [4]");
      assertThatThrownBy(() -> check(file, shorter, List.of()))
          .hasMessageContaining("[2, 1], [1]) that no layer of the network takes")
          .hasMessageContaining("initial_weights.layers");
      assertThatThrownBy(() -> check(file, wider, List.of()))
          .hasMessageContaining("[3, 2], [2]), but layer dense (dense: kernel [3, 3], bias [3])");
      assertThatThrownBy(() -> check(file, wider, List.of("head")))
          .hasMessageContaining("has layers: head; allowed: those with weights, dense, dense_1");
    }
  }

  @Test
  void read_fileOfSomethingElse_saysSo() {
    NetworkDefinition network = dense(Map.of("units", 2));
    assertThatThrownBy(() -> check("3/archive.json", network, List.of()))
        .hasMessageContaining("archive.json, which cannot be read");
    assertThatThrownBy(() -> KerasWeights.check(Path.of("missing.keras"), network, List.of()))
        .hasMessageContaining("missing.keras, which cannot be read");
  }

  private static List<String> check(String file, NetworkDefinition network, List<String> layers) {
    return KerasWeights.check(new KerasFiles().resolve(file), network, layers);
  }

  /** Returns a network of dense layers over three features, and two more in the input {@code x}. */
  @SafeVarargs
  private static NetworkDefinition dense(Map<String, Object>... layers) {
    List<Map<String, Object>> sections = new ArrayList<>();
    for (Map<String, Object> layer : layers) {
      Map<String, Object> dense = new LinkedHashMap<>(layer);
      dense.put("type", "dense");
      if (sections.isEmpty()) {
        dense.putIfAbsent("inputs", List.of("features"));
      }
      sections.add(dense);
    }
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(
                    Map.of("name", "features", "shape", List.of(3)),
                    Map.of("name", "x", "shape", List.of(2))),
                "layers",
                sections));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    return definition;
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
