package io.millrace.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A frozen layer is one that is not trainable, in a network whose vectors stay as they are. */
class FreezeTest {
  private static final int ROWS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "ftrl", "lion", "rmsprop"})
  void freeze_someLayers_learnsWhatUntrainableLayersLearn(String optimizer) {
    // Given
    Network untrainable = network(false);
    Network frozen = network(true);
    frozen.freeze(Set.of("first", "norm"));

    // When
    train(untrainable, optimizer);
    train(frozen, optimizer);

    // Then
    for (String name : frozen.weights().names()) {
      assertThat(frozen.weights().read(name)).as(name).isEqualTo(untrainable.weights().read(name));
    }
  }

  private static void train(Network network, String type) {
    Section section =
        Section.root(Map.of("type", type, "weight_decay", 0.01, "global_clipnorm", 0.5));
    network.optimizeBy(
        OptimizerDefinition.read(section).create(network.weights().parameterSizes()));
    RandomStream random = RandomStream.of(3, 1);
    for (int step = 0; step < 20; step++) {
      float[] inputs = new float[ROWS * 3];
      float[] targets = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < 3; i++) {
          inputs[row * 3 + i] = (float) random.normal((step * ROWS + row) * 3L + i);
        }
        targets[row] = inputs[row * 3] - 2 * inputs[row * 3 + 1];
      }
      network.forward(new float[][] {inputs}, ROWS, Mode.TRAINING);
      double unused = network.backward(new float[][] {targets}, null);
      network.update();
    }
  }

  private static Network network(boolean trainable) {
    Section section =
        Section.root(
            Map.of(
                "inputs", List.of(Map.of("name", "x", "shape", List.of(3))),
                "layers",
                    List.of(
                        Map.of("type", "dense", "name", "before", "units", 4, "activation", "tanh"),
                        Map.of(
                            "type", "dense", "name", "first", "units", 5, "trainable", trainable),
                        Map.of(
                            "type", "batch_normalization", "name", "norm", "trainable", trainable),
                        Map.of("type", "dense", "name", "y", "units", 1)),
                "outputs", List.of("y")));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    return Network.compile(
        definition, List.of(new OutputLoss("y", Losses.named("mean_squared_error"), 1)), ROWS, 1);
  }
}
