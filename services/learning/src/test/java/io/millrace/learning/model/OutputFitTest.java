package io.millrace.learning.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network fits its output, or is refused before a record is read. */
class OutputFitTest {
  private static final Map<String, Object> RESHAPE =
      Map.of("type", "reshape", "target_shape", List.of(2, 1));

  @Test
  void read_sequenceForOneClass_isRefusedByLayerAndShape() {
    Map<String, Object> lstm = Map.of("type", "lstm", "units", 4, "return_sequences", true);

    List<String> problems = problems(classes(2), RESHAPE, lstm, dense(2, "softmax"));

    assertThat(problems)
        .containsExactly(
            "outputs.y: needs one class a record, but layer dense gives (rows, 2, 2); allowed:"
                + " (rows, 2), as behind flatten, a global pooling, or a recurrent layer without"
                + " return_sequences");
    assertThat(
            problems(classes(2), RESHAPE, Map.of("type", "lstm", "units", 4), dense(2, "softmax")))
        .isEmpty();
  }

  @Test
  void read_sequenceOrImageForNumbersOrNames_isRefused() {
    assertThat(problems(Map.of(), RESHAPE, dense(1, "linear")))
        .singleElement()
        .asString()
        .contains("needs one number", "layer dense gives (rows, 2, 1)");
    assertThat(problems(Map.of("classes", List.of("a", "b"), "label", "names"), RESHAPE))
        .singleElement()
        .asString()
        .contains("needs one set of classes", "layer reshape gives (rows, 2, 1)");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, sparse_categorical_crossentropy, softmax, ''",
    "2, 1, binary_crossentropy, sigmoid, ''",
    "2, 1, mean_squared_error, linear, ''",
    "2, 2, binary_crossentropy, sigmoid, ''",
    "3, 3, categorical_crossentropy, softmax, ''",
    "2, 1, sparse_categorical_crossentropy, sigmoid, needs a number for each of 2 classes",
    "2, 1, categorical_crossentropy, sigmoid, needs a number for each of 2 classes",
    "2, 1, categorical_hinge, linear, needs a number for each of 2 classes",
    "2, 1, binary_crossentropy, softmax, 'the softmax of one number, which is always 1'",
    "2, 3, sparse_categorical_crossentropy, softmax, 'has 2 names, but layer dense has 3 units'",
    "3, 1, binary_crossentropy, sigmoid, 'has 3 names, but layer dense has 1 units'",
    "3, 2, sparse_categorical_crossentropy, softmax, 'has 3 names, but layer dense has 2 units'",
    "0, 1, mean_squared_error, linear, ''",
    "0, 3, categorical_crossentropy, softmax, ''",
    "0, 1, categorical_crossentropy, linear, but the label is numbers",
    "0, 3, sparse_categorical_crossentropy, softmax, but the label is numbers",
  })
  void read_classesWidthAndLoss_fitOrAreRefused(
      int classes, int units, String loss, String activation, String problem) {
    Map<String, Object> output = new HashMap<>(classes == 0 ? Map.of() : classes(classes));
    output.put("loss", loss);

    List<String> problems = problems(output, dense(units, activation));

    if (problem.isEmpty()) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).singleElement().asString().contains(problem);
    }
  }

  @Test
  void read_namesOfSeveralClasses_needANumberEach() {
    Map<String, Object> names = Map.of("classes", List.of("a", "b"), "label", "names");

    assertThat(problems(names, dense(2, "sigmoid"))).isEmpty();
    assertThat(problems(names, dense(1, "sigmoid")))
        .singleElement()
        .asString()
        .contains("has 2 names, but layer dense has 1 units");
    Map<String, Object> sparse = new HashMap<>(names);
    sparse.put("loss", "sparse_categorical_crossentropy");
    assertThat(problems(sparse, dense(2, "sigmoid")))
        .singleElement()
        .asString()
        .contains("one of a single class");
  }

  @Test
  void read_metricOfOtherShape_isRefused() {
    Map<String, Object> output = new HashMap<>(classes(3));
    output.put("metrics", List.of(Map.of("type", "recall", "class_id", 3)));

    assertThat(problems(output, dense(3, "softmax")))
        .singleElement()
        .asString()
        .contains("outputs.y.metrics", "layer dense gives (rows, 3)", "a class_id below the width");
  }

  @ParameterizedTest
  @CsvSource({
    "0, mean_squared_error, linear, ''",
    "0, huber, leaky_relu, ''",
    "0, mean_absolute_error, linear, ''",
    "0, log_cosh, linear, ''",
    "0, mean_squared_error, relu, 'layer dense has activation relu; allowed: activation linear or'",
    "0, poisson, linear, 'the loss needs targets as they are; allowed: none, or a loss of the difference'",
    "2, binary_crossentropy, linear, 'the label is a class; allowed: none'",
  })
  void read_targetScaling_fitsOrIsRefused(
      int classes, String loss, String activation, String problem) {
    for (String scaling : List.of("standard", "log", "none")) {
      Map<String, Object> output = new HashMap<>(classes == 0 ? Map.of() : classes(classes));
      output.put("loss", loss);
      output.put("target_scaling", scaling);

      List<String> problems = problems(output, dense(1, activation));

      if (problem.isEmpty() || scaling.equals("none")) {
        assertThat(problems).isEmpty();
      } else {
        assertThat(problems)
            .singleElement()
            .asString()
            .startsWith("outputs.y.target_scaling: ")
            .contains(problem);
      }
    }
  }

  @Test
  void read_lookUpOfComputedNumbers_isRefused() {
    Map<String, Object> embedding = Map.of("type", "embedding", "input_dim", 9, "output_dim", 2);
    Map<String, Object> flatten = Map.of("type", "flatten");

    assertThat(problems(Map.of(), dense(2, "linear"), embedding, flatten, dense(1, "linear")))
        .singleElement()
        .asString()
        .contains("layer embedding (embedding), which looks up what layer dense computes");
    assertThat(problems(Map.of(), RESHAPE, embedding, flatten, dense(1, "linear")))
        .singleElement()
        .asString()
        .contains("inputs.x.scaling", "holds indices for an embedding");
  }

  private static Map<String, Object> classes(int count) {
    return Map.of("classes", List.of("a", "b", "c").subList(0, count));
  }

  private static Map<String, Object> dense(int units, String activation) {
    return Map.of("type", "dense", "units", units, "activation", activation);
  }

  @SafeVarargs
  private static List<String> problems(Map<String, Object> output, Map<String, Object>... layers) {
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("x", Map.of("fields", List.of("a", "b"))),
                "outputs", Map.of("y", output),
                "network", Map.of("layers", List.of(layers))));
    List<String> problems = new ArrayList<>();
    try {
      ModelDefinition.read(root);
      root.finish();
    } catch (InvalidSettingsException invalid) {
      invalid.problems().forEach(each -> problems.add(each.path() + ": " + each.message()));
    }
    return problems;
  }
}
