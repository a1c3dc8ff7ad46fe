package io.millrace.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionJsonTest {

  @Test
  void read_whatWasWritten_isTheSameTree() {
    // Given
    Map<String, Object> tree =
        Map.of(
            "inputs", Map.of("features", Map.of("fields", List.of("x", "\"quoted\"", "é"))),
            "network", Map.of("layers", List.of(Map.of("units", 26, "rate", 0.5, "bias", true))),
            "large", 1L << 40);

    // When
    String json = DefinitionJson.write(tree);

    // Then
    assertThat(DefinitionJson.read(json)).isEqualTo(tree);
  }

  @Test
  void read_somethingElse_isAFormatError() {
    assertThatThrownBy(() -> DefinitionJson.read("[1]"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DefinitionJson.read("{\"a\": "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
