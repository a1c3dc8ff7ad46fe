package io.millrace.learning.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.network.OutputLoss;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that are large enough to be shared by threads. */
class SharedStepTest {
  private static final int ROWS = 50;

  private static final Map<String, Object> OUTPUT =
      Map.of("type", "dense", "units", 3, "activation", "softmax");

  private static final NetworkDefinition IMAGES =
      network(
          List.of(20, 20, 1),
          Map.of("type", "conv2d", "filters", 16, "kernel_size", 3, "activation", "relu"),
          Map.of("type", "max_pooling2d"),
          Map.of("type", "conv2d", "filters", 32, "kernel_size", 3, "padding", "same"),
          Map.of("type", "max_pooling2d", "pool_size", 3, "strides", 2, "padding", "same"),
          Map.of("type", "flatten"),
          Map.of("type", "dense", "units", 200, "activation", "tanh"),
          OUTPUT);

  private static final NetworkDefinition STEPS =
      network(List.of(12, 30), Map.of("type", "lstm", "units", 100), OUTPUT);

  private static final NetworkDefinition TOKENS =
      network(
          List.of(100),
          Map.of("type", "embedding", "input_dim", 40, "output_dim", 32),
          Map.of("type", "conv1d", "filters", 60, "kernel_size", 3, "activation", "relu"),
          Map.of("type", "global_max_pooling1d"),
          OUTPUT);

  static List<NetworkDefinition> networks() {
    return List.of(IMAGES, STEPS, TOKENS);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_threeThreads_agreesWithOne(NetworkDefinition definition) {
    // When
    float[] alone = train(definition, 1);
    float[] shared = train(definition, 3);

    // Then
    assertThat(shared).containsExactly(alone, Offset.offset(1e-4f));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_threeThreadsTwice_givesTheSameBits(NetworkDefinition definition) {
    // When
    float[] first = train(definition, 3);
    float[] second = train(definition, 3);

    // Then
    assertThat(second).containsExactly(first);
  }

  @Test
  void train_threads_changeTheWeights() {
    // When
    float[] trained = train(IMAGES, 1);

    // Then
    assertThat(trained).isNotEqualTo(compile(IMAGES, 1).weights().parameters());
  }

  private static NetworkDefinition network(List<Integer> shape, Object... layers) {
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "in", "shape", shape)),
                "layers",
                List.of(layers)));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    return definition;
  }

  private static Network compile(NetworkDefinition definition, int threads) {
    OutputLoss loss =
        new OutputLoss(
            definition.outputs().get(0),
            Losses.read(Section.root(Map.of("type", "sparse_categorical_crossentropy"))),
            1);
    return Network.compile(definition, List.of(loss), ROWS, 7, new HostKernels(threads));
  }

  private static float[] train(NetworkDefinition definition, int threads) {
    Network network = compile(definition, threads);
    network.optimizeBy(
        OptimizerDefinition.read(
                Section.root(Map.of("type", "sgd", "learning_rate", 0.01, "momentum", 0.9)))
            .create(network.weights().parameterSizes()));
    RandomStream random = RandomStream.of(3, 0);
    float[] values = new float[ROWS * definition.inputs().get(0).shape().size()];
    float[] classes = new float[ROWS];
    for (int step = 0; step < 4; step++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.integer((long) step * values.length + i, 40);
      }
      for (int i = 0; i < ROWS; i++) {
        classes[i] = values[i] % 3;
      }
      network.forward(new float[][] {values}, step == 2 ? ROWS - 3 : ROWS, Mode.TRAINING);
      network.backward(new float[][] {classes}, null);
      network.update();
    }
    return network.weights().parameters();
  }
}
