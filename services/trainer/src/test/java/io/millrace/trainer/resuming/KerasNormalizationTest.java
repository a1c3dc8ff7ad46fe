package io.millrace.trainer.resuming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasNormalizationTest {
  private static final String INPUT =
      "{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"input_layer\"}}";
  private static final KerasNormalization GIVEN =
      new KerasNormalization(List.of(1.0), List.of(4.0));
  private static final String OF_KERAS_3 =
      "[{\"args\": [{\"config\": {\"keras_history\": [\"input_layer\", 0, 0]}}]}]";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"[]", OF_KERAS_3, "[[[\"input_layer\", 0, 0, {}]]]"})
  void read_ofTheOnlyInputUnderItsNameInKeras_isOfTheInput(String nodes) throws IOException {
    Path file = archive(INPUT, layer("\"mean\": [1.0], \"variance\": [4.0]", nodes));

    assertThat(KerasNormalization.read(file, List.of("features")))
        .containsOnlyKeys("features")
        .containsValue(GIVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"mean\": null, \"variance\": null",
        "\"mean\": [1.0], \"variance\": [4.0], \"invert\": true"
      })
  void read_adaptedOrInverse_refused(String config) throws IOException {
    Path file = archive(INPUT, layer(config, "[]"));

    assertThatThrownBy(() -> KerasNormalization.read(file, List.of("features")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("FILE: has a layer Normalization, n, that was adapted");
  }

  @Test
  void read_withinTheNetwork_refused() throws IOException {
    String dense = "{\"class_name\": \"Dense\", \"config\": {\"name\": \"dense\"}}";
    Path file = archive(INPUT, dense, layer("\"mean\": [1.0], \"variance\": [4.0]", "[]"));

    assertThatThrownBy(() -> KerasNormalization.read(file, List.of("features")))
        .hasMessageContaining("reads no input of the settings");
  }

  @Test
  void read_withinAModelWithin_refused() throws IOException {
    String inner = layer("\"mean\": [1.0], \"variance\": [4.0]", "[]");
    Path file =
        archive(
            INPUT,
            "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"inner\", \"layers\": [%s]}}"
                .formatted(inner));

    assertThatThrownBy(() -> KerasNormalization.read(file, List.of("features")))
        .hasMessageContaining("reads no input of the settings");
  }

  @Test
  void read_damaged_saysWhichFile() throws IOException {
    Path file = Files.writeString(folder.resolve("cut.keras"), "PK");

    assertThatThrownBy(() -> KerasNormalization.read(file, List.of("features")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("FILE: is cut.keras, which cannot be read: ");
  }

  private static String layer(String config, String nodes) {
    return "{\"class_name\": \"Normalization\", \"config\": {\"name\": \"n\", %s}, \"inbound_nodes\": %s}"
        .formatted(config, nodes);
  }

  private Path archive(String... layers) throws IOException {
    Path file = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(
          "{\"config\": {\"layers\": [%s]}}".formatted(String.join(",", layers)).getBytes(UTF_8));
    }
    return file;
  }
}
