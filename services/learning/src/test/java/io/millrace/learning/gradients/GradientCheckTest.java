package io.millrace.learning.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.doubles.layers.Mode;
import io.millrace.doubles.losses.Losses;
import io.millrace.doubles.network.Network;
import io.millrace.doubles.network.NetworkDefinition;
import io.millrace.doubles.network.OutputLoss;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the gradients of the engine, built from its own sources in double precision, with
 * central differences of the loss: every layer with every loss.
 */
class GradientCheckTest {
  private static final State SAME_RANDOM_NUMBERS = State.of(Map.of("training_passes", 3L));

  private static final int ROWS = 4;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 2e-6;

  static Stream<Arguments> combinations() {
    return LayerCases.all().stream()
        .flatMap(
            layer ->
                LossCase.all().stream()
                    .map(loss -> Arguments.of(layer.name(), loss.name(), layer, loss)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("combinations")
  void backward_layerAndLoss_agreesWithCentralDifferences(
      String layerName, String lossName, LayerCases.Case layer, LossCase loss) {
    // Given
    Network network = compile(layer, loss);
    RandomStream random = RandomStream.of(11, 0);
    double[][] inputs = {inputs(layer, random.split(0))};
    double[][] targets = {loss.draw(ROWS, random.split(1))};
    double[] parameters = network.weights().parameters();
    perturb(parameters, random.split(2));
    network.weights().writeParameters(parameters);

    // When
    lossOf(network, inputs, targets);
    network.backward(targets, null);

    // Then
    double[] gradients = network.weights().gradients();
    for (int i = 0; i < parameters.length; i++) {
      double expected = slope(network, parameters, i, inputs, targets);
      assertThat(Math.abs(gradients[i] - expected))
          .as("parameter %d: %s, should be %s", i, gradients[i], expected)
          .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected)));
    }
  }

  private static Network compile(LayerCases.Case layer, LossCase loss) {
    List<Map<String, Object>> layers = new ArrayList<>(layer.layers());
    layers.add(LayerCases.layer("flatten"));
    layers.add(
        LayerCases.layer(
            "dense", "name", "output", "units", LossCase.WIDTH, "activation", loss.activation()));
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "input", "shape", layer.inputShape())),
                "layers",
                layers));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    OutputLoss output = new OutputLoss("output", Losses.read(Section.root(loss.loss())), 0.7);
    return Network.compile(definition, List.of(output), ROWS + 1, 5);
  }

  private static double[] inputs(LayerCases.Case layer, RandomStream random) {
    int size = layer.inputShape().stream().reduce(1, (a, b) -> a * b);
    double[] values = new double[ROWS * size];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          layer.inputBound() == 0 ? random.normal(i) : random.integer(i, layer.inputBound());
    }
    return values;
  }

  /** Moves weights away from zeros and ones, which would hide errors. */
  private static void perturb(double[] parameters, RandomStream random) {
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.3 * random.normal(i);
    }
  }

  private static double lossOf(Network network, double[][] inputs, double[][] targets) {
    network.restore(SAME_RANDOM_NUMBERS); // the same dropout mask each time
    network.forward(inputs, ROWS, Mode.TRAINING);
    return network.loss(targets, null);
  }

  private static double slope(
      Network network, double[] parameters, int i, double[][] inputs, double[][] targets) {
    double original = parameters[i];
    parameters[i] = original + STEP;
    network.weights().writeParameters(parameters);
    double above = lossOf(network, inputs, targets);
    parameters[i] = original - STEP;
    network.weights().writeParameters(parameters);
    double below = lossOf(network, inputs, targets);
    parameters[i] = original;
    return (above - below) / (2 * STEP);
  }
}
