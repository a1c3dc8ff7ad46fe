package io.millrace.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.export.Examples;
import io.millrace.export.InexpressibleException;
import io.millrace.learning.features.CategoryFeature;
import io.millrace.learning.features.Feature;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.features.VectorFeature;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime prepares the fields of records as Millrace does. */
class OnnxPreprocessingTest {
  private static final int ROWS = 24;
  private static final float TOLERANCE = 1e-5f;
  private static final String[] NAMES = {"red", "green", "blue", "Rome", "Oslo", "never seen", ""};

  private final Random random = new Random(3);
  private final Map<String, List<Float>> numbers = new LinkedHashMap<>();
  private final Map<String, List<String>> texts = new LinkedHashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"numbers", "vectors", "categories"})
  void write_preprocessing_onnxRuntimeTakesTheFieldsOfRecords(String name) throws Exception {
    // Given
    ModelDefinition definition = Examples.definition("/preprocessing.json", name);
    Inference inference = new Inference(definition, ROWS);
    inference.load(new Model(definition, Examples.weights(definition)));
    for (int row = 0; row < ROWS; row++) {
      for (int input = 0; input < definition.inputs().size(); input++) {
        drawRow(definition.inputs().get(input), inference.rows(), input);
      }
      inference.rows().advance();
    }
    OnnxModel model = new OnnxModel(Examples.model(name, definition), true);
    assertThat(model.remarks()).isEmpty();

    try (OnnxRun run = new OnnxRun(model)) {
      for (Map.Entry<String, List<Float>> input : numbers.entrySet()) {
        run.with(input.getKey(), ROWS, floats(input.getValue()));
      }
      for (Map.Entry<String, List<String>> input : texts.entrySet()) {
        run.with(input.getKey(), input.getValue().toArray(String[]::new));
      }

      // When
      Map<String, float[]> outputs = run.outputs();
      inference.run();

      // Then
      for (int i = 0; i < definition.outputs().size(); i++) {
        float[] expected = Arrays.copyOf(inference.output(i), ROWS * inference.outputWidth(i));
        assertThat(outputs.get(definition.outputs().get(i).name()))
            .as(name)
            .containsExactly(expected, within(TOLERANCE));
      }
    }
  }

  @Test
  void create_featuresThatNoOperatorPrepares_takesWhatTheNetworkSees() throws Exception {
    ModelDefinition definition =
        Examples.definition(
            Map.of(
                "inputs",
                Map.of(
                    "f",
                    Map.of(
                        "features",
                        List.of(
                            Map.of("field", "kind", "type", "category", "vocabulary_size", 3),
                            Map.of("field", "at", "type", "date"),
                            Map.of("field", "n")))),
                "outputs",
                Map.of("y", Map.of()),
                "network",
                Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));

    OnnxModel model = new OnnxModel(Examples.model("kinds", definition), true);

    assertThat(model.inGraph()).containsExactly(false);
    assertThat(model.remarks())
        .containsExactly(
            "input f: kind is a category with a learned vocabulary, of which Millrace keeps hashes"
                + " alone",
            "input f: at is a time, of which no operator of ONNX finds the parts");
    try (OnnxRun run = new OnnxRun(model)) {
      int width = definition.inputs().get(0).width();
      assertThat(run.with("f", 1, new float[width]).outputs().get("y")).hasSize(1);
    }
  }

  @Test
  void create_inputWithTheNameOfAnothersField_isRefused() {
    Map<String, Object> kind =
        Map.of("field", "kind", "type", "category", "vocabulary", List.of("a", "b"));
    ModelDefinition definition =
        Examples.definition(
            Map.of(
                "inputs",
                Map.of(
                    "n",
                    Map.of("fields", List.of("x")),
                    "mixed",
                    Map.of("features", List.of(kind, Map.of("field", "n")))),
                "outputs",
                Map.of("y", Map.of()),
                "network",
                Map.of(
                    "layers",
                    List.of(
                        Map.of("type", "concatenate", "inputs", List.of("n", "mixed")),
                        Map.of("type", "dense", "units", 1)))));

    assertThatThrownBy(() -> new OnnxModel(Examples.model("clash", definition), true))
        .isInstanceOf(InexpressibleException.class)
        .hasMessage(
            "n is the name of two things, but ONNX has one input of a name; allowed: other names of"
                + " inputs, or --preprocessing file");
  }

  /** Draws a record's fields: into the row as decoders do, and as the graph takes them. */
  private void drawRow(InputSettings input, ExampleBatch batch, int index) {
    float[] cells = batch.input(index);
    int at = batch.size() * batch.inputWidth(index);
    for (Feature feature : input.features()) {
      RawForm form = feature.form();
      for (String field : feature.fields()) {
        if (feature instanceof CategoryFeature) {
          String name = NAMES[random.nextInt(NAMES.length)];
          texts.computeIfAbsent(field, key -> new ArrayList<>()).add(name);
          assertThat(
                  name.isEmpty() && form.takesMissing()
                      ? form.missing("null", cells, at)
                      : form.text(name, cells, at))
              .isNull();
        } else {
          String tensor = input.isNumeric() ? input.name() : field;
          List<Float> drawn = numbers.computeIfAbsent(tensor, key -> new ArrayList<>());
          int count = feature instanceof VectorFeature ? feature.numbers() : 1;
          drawn.addAll(drawNumbers(form, count, cells, at));
        }
        at += form.width();
      }
    }
  }

  private List<Float> drawNumbers(RawForm form, int count, float[] cells, int at) {
    boolean isMissing = form.takesMissing() && random.nextInt(3) == 0;
    List<Float> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float number = isMissing ? Float.NaN : (float) (4 + 3 * random.nextGaussian());
      cells[at + i] = number;
      drawn.add(number);
    }
    return drawn;
  }

  private static float[] floats(List<Float> values) {
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return flat;
  }
}
