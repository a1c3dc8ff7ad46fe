package io.millrace.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.kernels.nd4j.Nd4jKernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two steps of an embedding with repeated indices. If gradients are clipped, the parts of an
 * index's gradient are summed first. The expected numbers are those of Keras 3.15 on PyTorch 2.13,
 * which does the same.
 */
class RepeatedIndicesTest {
  private static final float[] INDICES = {0, 0, 0, 1, 2, 2, 1, 0};
  private static final float[] TABLE = {-0.25f, -0.15f, -0.05f, 0.05f, 0.15f, 0.25f};
  private static final float[] KERNEL = {0.5f, -0.25f};
  private static final float[] TARGETS = {1, -0.5f};

  @ParameterizedTest
  @MethodSource("optimizers")
  void update_boundOnGradients_isWhatKerasOnTorchGives(
      Map<String, Object> optimizer, float[] table) {
    for (Kernels kernels : List.of(new HostKernels(), new Nd4jKernels())) {
      Map<String, Object> bounded = new HashMap<>(optimizer);
      bounded.put("clipvalue", 1e30);

      assertThat(afterTwoSteps(bounded, kernels)).containsExactly(table, within(1e-4f));
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(adaptive(), variantsOfAdam(), others()).flatMap(each -> each);
  }

  private static Stream<Arguments> adaptive() {
    return Stream.of(
        arguments(
            Map.of("type", "adam", "learning_rate", 0.1),
            -0.05031625f,
            -0.34968215f,
            0.14942272f,
            -0.14941533f,
            -0.04999378f,
            0.44998923f),
        arguments(
            Map.of("type", "rmsprop", "learning_rate", 0.1),
            0.26092976f,
            -0.66092408f,
            0.43616909f,
            -0.43604901f,
            -0.39562741f,
            0.79558098f),
        arguments(
            Map.of("type", "adagrad", "learning_rate", 0.1),
            -0.11892431f,
            -0.23922829f,
            -0.00604301f,
            0.02739293f,
            0.08138749f,
            0.28677461f),
        arguments(
            Map.of("type", "adadelta", "learning_rate", 1),
            -0.24715440f,
            -0.15284555f,
            -0.04715530f,
            0.04715683f,
            0.14715376f,
            0.25284564f));
  }

  private static Stream<Arguments> variantsOfAdam() {
    return Stream.of(
        arguments(
            Map.of("type", "adam", "amsgrad", true, "learning_rate", 0.1),
            -0.05031625f,
            -0.34968215f,
            0.14942272f,
            -0.14941533f,
            -0.04999378f,
            0.44998923f),
        arguments(
            Map.of("type", "nadam", "learning_rate", 0.1),
            -0.06949139f,
            -0.33050856f,
            0.12867710f,
            -0.12867685f,
            -0.03363624f,
            0.43363607f),
        arguments(
            Map.of("type", "adamax", "learning_rate", 0.1),
            -0.05421051f,
            -0.34578943f,
            0.14351426f,
            -0.14351399f,
            -0.04999977f,
            0.44999957f));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        arguments(
            Map.of("type", "ftrl", "learning_rate", 0.1),
            0.04789130f,
            -0.10528975f,
            0.04022780f,
            -0.02099062f,
            -0.06012807f,
            0.04172069f),
        arguments(
            Map.of("type", "lion", "learning_rate", 0.1),
            -0.05000000f,
            -0.34999999f,
            0.15000001f,
            -0.15000001f,
            -0.05000000f,
            0.44999999f),
        arguments(
            Map.of("type", "sgd", "momentum", 0.9, "learning_rate", 0.1),
            -0.15099609f,
            -0.19950196f,
            -0.02850147f,
            0.03925073f,
            0.11549170f,
            0.26725414f));
  }

  private static Arguments arguments(Map<String, Object> optimizer, float... table) {
    return Arguments.of(optimizer, table);
  }

  private static float[] afterTwoSteps(Map<String, Object> optimizer, Kernels kernels) {
    Network network =
        Network.compile(
            definition(),
            List.of(new OutputLoss("out", Losses.named("mean_squared_error"), 1)),
            2,
            1,
            kernels);
    network.optimizeBy(
        OptimizerDefinition.read(Section.root(optimizer))
            .create(network.weights().parameterSizes()));
    network.weights().write("table/embeddings", TABLE);
    network.weights().write("out/kernel", KERNEL);
    for (int step = 0; step < 2; step++) {
      network.forward(new float[][] {INDICES}, 2, Mode.TRAINING);
      network.backward(new float[][] {TARGETS}, null);
      network.update();
    }
    return network.weights().read("table/embeddings");
  }

  private static NetworkDefinition definition() {
    return NetworkDefinition.read(
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "ids", "shape", List.of(4))),
                "layers",
                List.of(
                    Map.of("type", "embedding", "name", "table", "input_dim", 3, "output_dim", 2),
                    Map.of("type", "global_average_pooling1d"),
                    Map.of(
                        "type",
                        "dense",
                        "name",
                        "out",
                        "units",
                        1,
                        "use_bias",
                        false,
                        "trainable",
                        false)),
                "outputs",
                List.of("out"))));
  }
}
