package io.millrace.export.keras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.Examples;
import io.millrace.export.ExportedModel;
import io.millrace.export.InexpressibleException;
import io.millrace.learning.keras.KerasWeights;
import io.millrace.learning.layers.LayerTypes;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.network.LayerDefinition;
import io.millrace.learning.network.Network;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.NamedFiles;
import io.millrace.settings.Section;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KerasArchiveTest {
  @TempDir private Path folder;

  static Stream<String> models() {
    return Examples.names().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void write_everyLayer_ownReaderFindsTheSameLayersAndBits(String name) throws IOException {
    // Given
    ExportedModel model = Examples.model(name);

    // When
    Path file = written(new KerasArchive(model, null, false));

    // Then
    ModelDefinition read = definition(model, file);
    Network network = Network.compile(read.network(), List.of(), 1, 5);
    List<LayerDefinition> layers = model.definition().network().layers();
    assertThat(read.network().layers())
        .usingElementComparator(KerasArchiveTest::compared)
        .containsExactlyInAnyOrderElementsOf(layers);
    assertThat(read.network().outputs()).isEqualTo(model.definition().network().outputs());
    KerasWeights.read(file, read.network(), List.of(), network.weights());
    for (LayerDefinition layer : layers) {
      model
          .weights(layer)
          .forEach(
              (weight, values) ->
                  assertThat(network.weights().read(layer.name() + "/" + weight))
                      .as("%s: %s/%s", name, layer.name(), weight)
                      .containsExactly(values.flat()));
    }
  }

  @Test
  void models_all_haveEveryTypeOfLayer() {
    assertThat(
            Examples.names().stream()
                .map(Examples::model)
                .flatMap(model -> model.definition().network().layers().stream())
                .map(LayerDefinition::type))
        .containsAll(LayerTypes.names());
  }

  @Test
  void write_twice_givesEqualConfigurations() throws IOException {
    Path first = written(new KerasArchive(Examples.model("two_inputs"), null, true));
    Path second = written(new KerasArchive(Examples.model("two_inputs"), null, true));

    assertThat(text(first, "config.json")).isEqualTo(text(second, "config.json"));
    assertThat(text(first, "metadata.json")).contains("\"version\":\"3\"", "parameters_sha256");
  }

  @Test
  void remarks_settingsThatKerasLacks_areNamed() {
    KerasArchive archive = new KerasArchive(Examples.model("dense"), null, true);

    assertThat(archive.remarks())
        .containsExactly(
            "layer silu: kernel_initializer fan_in_uniform is left out, which Keras does not have:"
                + " weights that are drawn anew are drawn from Keras' default",
            "output class: the metric cohen_kappa is left out, which Keras does not have or measures"
                + " another way");
  }

  @Test
  void write_twoOutputsCompiled_ownReaderTakesOptimizerLossesAndMetrics() throws IOException {
    // Given
    OptimizerDefinition optimizer =
        OptimizerDefinition.read(
            Section.root(Map.of("type", "rmsprop", "rho", 0.95, "learning_rate", 0.01)));

    // When
    Path file = written(new KerasArchive(Examples.model("two_inputs"), optimizer, false));

    // Then
    ModelDefinition read = definition(Examples.model("two_inputs"), file);
    assertThat(read.compilation().optimizer())
        .containsEntry("type", "rmsprop")
        .containsEntry("rho", 0.95)
        .containsEntry("learning_rate", 0.01);
    assertThat(read.compilation().remarks())
        .contains(
            "outputs.age.loss is huber (delta 2), from compile_config",
            "outputs.risk.loss_weight is 2, from compile_config",
            "outputs.age.metrics is mean_squared_error, from compile_config");
  }

  @Test
  void scaled_standardAndMinMax_areLayersWhereWanted() throws IOException {
    KerasArchive with = new KerasArchive(Examples.model("two_inputs"), null, true);
    KerasArchive without = new KerasArchive(Examples.model("two_inputs"), null, false);

    assertThat(with.scaled()).containsExactly(false, true);
    assertThat(text(written(with), "config.json")).contains("\"Normalization\"", "sensors_scaling");
    assertThat(without.scaled()).containsExactly(false, false);
    assertThat(text(written(without), "config.json")).doesNotContain("Normalization");
  }

  @Test
  void create_nameWithSlash_isRefusedByName() {
    Map<String, Object> layer = Map.of("type", "dense", "units", 1, "name", "a/b");
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("f", Map.of("size", 2)),
                "outputs", Map.of("y", Map.of()),
                "network", Map.of("layers", List.of(layer))));
    ExportedModel model = Examples.model("slash", ModelDefinition.read(root));

    assertThatThrownBy(() -> new KerasArchive(model, null, true))
        .isInstanceOf(InexpressibleException.class)
        .hasMessageStartingWith("a/b is the name of an input or layer, but Keras' names have no /");
  }

  private Path written(KerasArchive archive) throws IOException {
    Path file = Files.createTempFile(folder, "model", ".keras");
    try (OutputStream target = Files.newOutputStream(file)) {
      archive.write(target);
    }
    return file;
  }

  private static int compared(LayerDefinition first, LayerDefinition second) {
    boolean isSame =
        first.name().equals(second.name())
            && first.type().equals(second.type())
            && first.inputs().equals(second.inputs())
            && first.trainable() == second.trainable()
            && first.outputShape().equals(second.outputShape());
    return isSame ? 0 : first.name().compareTo(second.name()) | 1;
  }

  private static ModelDefinition definition(ExportedModel model, Path file) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    model
        .definition()
        .inputs()
        .forEach(
            input -> inputs.put(input.name(), Map.of("size", input.width(), "scaling", "none")));
    Map<String, Object> outputs = new LinkedHashMap<>();
    List<String> layers = new ArrayList<>(model.definition().network().outputs());
    layers.forEach(name -> outputs.put(name, Map.of("label", "numbers")));
    Section root =
        Section.root(
            Map.of(
                "inputs", inputs,
                "outputs", outputs,
                "network", Map.of("architecture", file.toString())),
            new Archives());
    return ModelDefinition.read(root);
  }

  private static String text(Path archive, String entry) throws IOException {
    try (ZipFile file = new ZipFile(archive.toFile())) {
      return new String(file.getInputStream(file.getEntry(entry)).readAllBytes(), UTF_8);
    }
  }

  /** Reads the configurations of archives. */
  private static final class Archives implements NamedFiles {
    @Override
    public Path resolve(String name) {
      return Path.of(name);
    }

    @Override
    public Map<String, Object> tree(String name) {
      try {
        return DefinitionJson.read(text(Path.of(name), "config.json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
