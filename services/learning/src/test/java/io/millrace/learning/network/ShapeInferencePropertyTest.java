package io.millrace.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.layers.TensorShape;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random stacks of layers. */
class ShapeInferencePropertyTest {

  @Property(tries = 150)
  void read_anyStackOfLayers_isRejectedWithAReasonOrRunsInTheShapesInferred(
      @ForAll("inputShapes") List<Integer> inputShape,
      @ForAll("stacks") List<Map<String, Object>> layers) {
    // Given
    Section section =
        Section.root(
            Map.of(
                "inputs", List.of(Map.of("name", "input", "shape", inputShape)), "layers", layers));
    NetworkDefinition definition = NetworkDefinition.read(section);
    try {
      section.finish();
    } catch (InvalidSettingsException invalid) {
      assertThat(invalid.problems()).hasSize(1);
      assertThat(invalid.getMessage()).contains("layer ", " gets (", "it needs ");
      return;
    }

    // When
    Network network = Network.compile(definition, List.of(), 3, 1);
    float[] inputs = new float[2 * TensorShape.of(inputs(inputShape)).size()];
    network.forward(new float[][] {inputs}, 2, Mode.INFERENCE);

    // Then
    TensorShape last = definition.layers().get(layers.size() - 1).outputShape();
    assertThat(network.outputWidth(0)).isEqualTo(last.size());
    assertThat(network.output(0)).hasSize(3 * last.size()).doesNotContain(Float.NaN);
    assertThat(network.weights().parameters().length + network.weights().nonTrainable().length)
        .isEqualTo(definition.parameterCount());
  }

  @Property(tries = 50)
  void toTree_anyStackOfLayers_isReadAsTheSame(
      @ForAll("vectorStacks") List<Map<String, Object>> layers) {
    Section section =
        Section.root(
            Map.of("inputs", List.of(Map.of("name", "input", "shape", 4)), "layers", layers));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();

    Section written = Section.root(definition.toTree());
    NetworkDefinition read = NetworkDefinition.read(written);
    written.finish();

    assertThat(read.toTree()).isEqualTo(definition.toTree());
    assertThat(read.parameterCount()).isEqualTo(definition.parameterCount());
  }

  @Provide
  Arbitrary<List<Integer>> inputShapes() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Map<String, Object>>> stacks() {
    return Combinators.combine(types(), Arbitraries.integers().between(1, 3))
        .as(ShapeInferencePropertyTest::layer)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Map<String, Object>>> vectorStacks() {
    return Combinators.combine(
            Arbitraries.of("dense", "dropout", "batch_normalization", "layer_normalization"),
            Arbitraries.integers().between(1, 3))
        .as(ShapeInferencePropertyTest::layer)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static Arbitrary<String> types() {
    return Arbitraries.of(
        "dense",
        "dropout",
        "flatten",
        "conv1d",
        "conv2d",
        "max_pooling1d",
        "average_pooling2d",
        "global_max_pooling1d",
        "global_average_pooling2d",
        "lstm",
        "gru",
        "batch_normalization",
        "layer_normalization",
        "separable_conv1d",
        "depthwise_conv2d",
        "bidirectional");
  }

  private static Map<String, Object> layer(String type, int size) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("type", type);
    switch (type) {
      case "dense", "lstm", "gru" -> layer.put("units", size);
      case "dropout" -> layer.put("rate", 0.1 * size);
      case "conv1d", "conv2d", "separable_conv1d" -> {
        layer.put("filters", size);
        layer.put("kernel_size", size);
      }
      case "depthwise_conv2d" -> layer.put("kernel_size", size);
      case "max_pooling1d", "average_pooling2d" -> layer.put("pool_size", size);
      case "bidirectional" ->
          layer.put("layer", Map.of("type", "gru", "units", size, "return_sequences", true));
      default -> {}
    }
    return layer;
  }

  private static int[] inputs(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }
}
