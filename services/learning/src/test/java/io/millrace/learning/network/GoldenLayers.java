package io.millrace.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.golden.GoldenKind;
import io.millrace.learning.golden.GoldenTensor;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Mode;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** One layer: its output, and the gradients that follow from a given gradient of the output. */
public final class GoldenLayers implements GoldenKind {
  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-5;

  private final Supplier<Kernels> implementation;

  public GoldenLayers(Supplier<Kernels> implementation) {
    this.implementation = implementation;
  }

  @Override
  public void check(JsonNode golden) {
    List<GoldenTensor> inputs = tensors(golden.path("inputs"));
    GoldenTensor gradient = GoldenTensor.of(golden.path("outputGradient"));
    Network network = compile(golden, inputs);
    golden
        .path("weights")
        .properties()
        .forEach(
            weight -> write(network, weight.getKey(), GoldenTensor.of(weight.getValue()).data()));

    network.forward(
        inputs.stream().map(GoldenTensor::data).toArray(float[][]::new),
        gradient.rows(),
        golden.path("training").asBoolean() ? Mode.TRAINING : Mode.INFERENCE);
    assertClose("output", golden.path("output"), network.output(0));
    network.backward(new float[][] {gradient.data()}, null);

    assertGradients(golden, network);
    assertStatistics(golden, network);
  }

  private static void assertGradients(JsonNode golden, Network network) {
    JsonNode inputGradients = golden.path("inputGradients");
    for (int i = 0; i < inputGradients.size(); i++) {
      assertClose("input gradient " + i, inputGradients.get(i), network.inputGradient(i));
    }
    golden
        .path("weightGradients")
        .properties()
        .forEach(
            weight ->
                assertClose(
                    "gradient of " + weight.getKey(),
                    weight.getValue(),
                    network.weights().gradient(fullName(network, weight.getKey()))));
  }

  private static void assertStatistics(JsonNode golden, Network network) {
    golden
        .path("stateAfter")
        .properties()
        .forEach(
            weight ->
                assertClose(
                    weight.getKey(),
                    weight.getValue(),
                    network.weights().read(fullName(network, weight.getKey()))));
  }

  private Network compile(JsonNode golden, List<GoldenTensor> inputs) {
    NetworkDefinition definition = definition(golden, inputs);
    int capacity = inputs.get(0).rows() + 3;
    return Network.compile(
        definition,
        new CompilationOptions(
            List.of(new OutputLoss("layer", new GivenGradient(), 1)),
            capacity,
            implementation.get(),
            1,
            !golden.path("inputGradients").isEmpty()));
  }

  private static NetworkDefinition definition(JsonNode golden, List<GoldenTensor> inputs) {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      trees.add(Map.of("name", "input_" + i, "shape", inputs.get(i).exampleShape()));
    }
    Map<String, Object> layer = new LinkedHashMap<>(GoldenTensor.tree(golden.path("layer")));
    layer.put("name", "layer");
    layer.put("inputs", trees.stream().map(tree -> tree.get("name")).toList());
    Section section = Section.root(Map.of("inputs", trees, "layers", List.of(layer)));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    return definition;
  }

  private static void write(Network network, String name, float[] values) {
    network.weights().write(fullName(network, name), values);
  }

  /** Finds a weight; Keras numbers nested layers over the whole process. */
  private static String fullName(Network network, String name) {
    String unnumbered = name.replaceAll("_\\d+(?=/)", "");
    List<String> found =
        network.weights().names().stream().filter(full -> full.endsWith("/" + unnumbered)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private static List<GoldenTensor> tensors(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false).map(GoldenTensor::of).toList();
  }

  private static void assertClose(String what, JsonNode expected, float[] actual) {
    GoldenTensor.of(expected).assertCloseTo(what, actual, RELATIVE, ABSOLUTE);
  }
}
