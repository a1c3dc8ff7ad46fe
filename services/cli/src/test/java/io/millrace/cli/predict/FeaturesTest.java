package io.millrace.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private final Features features = new Features(model());

  @Test
  void add_completeRow_isTaken() {
    // When
    List<String> problems =
        features.add(of(Map.of("b", List.of("2"), "a", List.of("1.5"), "v", List.of("3", "4"))));

    // Then
    assertThat(problems).isEmpty();
    assertThat(features.rows()).isEqualTo(1);
    assertThat(features.matrix(0)).isDeepEqualTo(new double[][] {{1.5, 2}});
    assertThat(features.matrix(1)).isDeepEqualTo(new double[][] {{3, 4}});
  }

  @Test
  void add_listInOneCell_isAList() {
    // When
    List<String> problems =
        features.add(of(Map.of("a", List.of("1"), "b", List.of("2"), "v", List.of("3;4.5"))));

    // Then
    assertThat(problems).isEmpty();
    assertThat(features.matrix(1)).isDeepEqualTo(new double[][] {{3, 4.5}});
  }

  @Test
  void add_rowThatCannotBeUsed_isLeftOutWithAllReasons() {
    // When
    List<String> problems =
        features.add(of(Map.of("a", List.of("abc"), "v", List.of("3", "NaN", "5"))));

    // Then
    assertThat(problems)
        .containsExactly(
            "a is \"abc\", not a finite number",
            "b is missing",
            "v has 3 numbers, not 2",
            "v is \"NaN\", not a finite number");
    assertThat(features.rows()).isZero();
    assertThat(features.matrix(0)).isEmpty();
  }

  private static Function<String, List<String>> of(Map<String, List<String>> fields) {
    return field -> fields.getOrDefault(field, List.of());
  }

  private static ModelDefinition model() {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("scalars", Map.of("fields", List.of("a", "b")));
    inputs.put("v", Map.of("size", 2));
    return ModelDefinition.read(
        Section.root(
            Map.of(
                "inputs",
                inputs,
                "outputs",
                Map.of("y", Map.of()),
                "network",
                Map.of(
                    "layers",
                    List.of(
                        Map.of(
                            "type",
                            "concatenate",
                            "name",
                            "both",
                            "inputs",
                            List.of("scalars", "v")),
                        Map.of(
                            "type",
                            "dense",
                            "name",
                            "y",
                            "units",
                            1,
                            "inputs",
                            List.of("both")))))));
  }
}
