package io.millrace.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int FEATURES = 4;
  private static final int ROWS = 6;
  private final float[][] inputs = {normals(ROWS * FEATURES)};
  private final float[][] targets = {{0, 1, 2, 0, 1, 2}};

  @Test
  void forward_fewerRowsThanTheCapacity_isTheSameAsInABatchOfThatSize() {
    Network small = classifier(2, Map.of());
    Network large = classifier(50, Map.of());

    small.forward(inputs, 2, Mode.INFERENCE);
    large.forward(inputs, ROWS, Mode.INFERENCE);
    large.forward(inputs, 2, Mode.INFERENCE);

    assertThat(Arrays.copyOf(large.output(0), 6)).isEqualTo(Arrays.copyOf(small.output(0), 6));
  }

  @Test
  void forward_moreRowsThanTheCapacity_isRefused() {
    assertThatThrownBy(() -> classifier(2, Map.of()).forward(inputs, 3, Mode.INFERENCE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void forward_softmaxFusedWithItsLoss_stillGivesProbabilities() {
    Network network = classifier(ROWS, Map.of());

    network.forward(inputs, ROWS, Mode.INFERENCE);

    float[] output = network.output(0);
    assertThat(output[0] + output[1] + output[2]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void backward_hugeLogits_keepsTheLossFinite() {
    Network network = classifier(ROWS, Map.of());
    network.weights().write("class/bias", new float[] {500, -500, 0});

    network.forward(inputs, ROWS, Mode.TRAINING);

    assertThat(network.backward(targets, null)).isBetween(40.0, 100.0);
    assertThat(network.weights().gradients()).doesNotContain(Float.NaN);
  }

  @Test
  void update_frozenLayer_keepsItsWeights() {
    Network network = classifier(ROWS, Map.of("trainable", false));
    float[] frozen = network.weights().read("hidden/kernel");
    float[] learned = network.weights().read("class/kernel");

    train(network, 3);

    assertThat(network.weights().read("hidden/kernel")).isEqualTo(frozen);
    assertThat(network.weights().read("class/kernel")).isNotEqualTo(learned);
    assertThat(network.weights().nonTrainable()).hasSize(FEATURES * 8 + 8);
  }

  @Test
  void update_maximumOfNorms_isKept() {
    Map<String, Object> bound = Map.of("type", "max_norm", "max_value", 0.1);
    Network network = classifier(ROWS, Map.of("kernel_constraint", bound));

    train(network, 1);

    float[] kernel = network.weights().read("hidden/kernel");
    for (int unit = 0; unit < 8; unit++) {
      double square = 0;
      for (int i = unit; i < kernel.length; i += 8) {
        square += kernel[i] * kernel[i];
      }
      assertThat(Math.sqrt(square)).isLessThan(0.1 + 1e-6);
    }
  }

  @Test
  void update_withoutOptimizer_isRefused() {
    assertThatThrownBy(() -> classifier(ROWS, Map.of()).update())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void compile_sameSeed_givesTheSameWeights() {
    assertThat(classifier(ROWS, Map.of()).weights().parameters())
        .isEqualTo(classifier(3, Map.of()).weights().parameters());
  }

  @Test
  void train_lossOfSeveralSteps_decreases() {
    Network network = classifier(ROWS, Map.of());

    double first = train(network, 1);
    double last = train(network, 60);

    assertThat(last).isLessThan(first / 2);
  }

  private double train(Network network, int steps) {
    Section adam = Section.root(Map.of("type", "adam", "learning_rate", 0.05));
    network.optimizeBy(OptimizerDefinition.read(adam).create(network.weights().parameterSizes()));
    double loss = 0;
    for (int step = 0; step < steps; step++) {
      network.forward(inputs, ROWS, Mode.TRAINING);
      loss = network.backward(targets, null);
      network.update();
    }
    return loss;
  }

  private static Network classifier(int capacity, Map<String, Object> options) {
    Map<String, Object> hidden = new LinkedHashMap<>(options);
    hidden.putAll(Map.of("type", "dense", "name", "hidden", "units", 8, "activation", "tanh"));
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "input", "shape", FEATURES)),
                "layers",
                List.of(
                    hidden,
                    Map.of(
                        "type", "dense", "name", "class", "units", 3, "activation", "softmax"))));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    Section loss = Section.root(Map.of("type", "sparse_categorical_crossentropy"));
    return Network.compile(
        definition, List.of(new OutputLoss("class", Losses.read(loss), 1)), capacity, 7);
  }

  private static float[] normals(int count) {
    RandomStream random = RandomStream.of(3, 0);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.normal(i);
    }
    return values;
  }
}
