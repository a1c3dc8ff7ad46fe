package io.millrace.learning.kernels.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.network.OutputLoss;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares full batches, whose values stay in native memory, with others, whose values do not. */
class NativeResidencyTest {
  private static final int ROWS = 60;
  private static final int WIDTH = 40;
  private static final int SEEDS = 40;

  private final HostKernels kernels = new HostKernels();
  private final HostBuffer in = buffer(ROWS * WIDTH);
  private final HostBuffer out = buffer(ROWS * WIDTH);
  private final HostBuffer weights = buffer(WIDTH * WIDTH);
  private final HostBuffer bias = buffer(WIDTH);

  @Test
  void product_fullBatchThatNobodyReadsOnTheHeap_staysNative() {
    // Given
    Call product =
        kernels.activatedProduct(
            Matrix.of(in, WIDTH), weights, bias, Activation.RELU, Matrix.of(out, WIDTH));
    fill(in, -1);
    fill(weights, 1);
    fill(bias, WIDTH + 1);

    // When
    product.run(ROWS);

    // Then
    assertThat(in.isBehind()).isTrue();
    assertThat(out.isBehind()).isTrue();
    assertThat(read(out)).containsOnly(1);
    assertThat(out.isBehind()).isFalse();
  }

  @Test
  void rectified_notANumberBelowAndAboveZero_isWhatTheLoopsMakeOfThem() {
    // Given
    float[] values = {Float.NaN, -1, -1e-20f, -1e-40f, -1e10f, 3, 1e-20f, Float.POSITIVE_INFINITY};
    Matrix result = Matrix.of(out, WIDTH);
    Call withBias =
        kernels.activatedProduct(Matrix.of(in, WIDTH), weights, bias, Activation.RELU, result);
    Call withoutBias =
        kernels.activatedProduct(Matrix.of(in, WIDTH), weights, null, Activation.RELU, result);
    bias.write(0, values, 0, values.length);
    fill(in, 1);
    weights.write(0, values, 0, values.length);

    for (Call product : List.of(withBias, withoutBias)) {
      // When
      product.run(ROWS);
      boolean isNative = out.isBehind();
      float[] full = Arrays.copyOf(read(out), WIDTH);
      product.run(1);

      // Then
      assertThat(isNative).isTrue();
      assertThat(full)
          .usingComparatorWithPrecision(0f)
          .containsExactly(Arrays.copyOf(read(out), WIDTH));
      assertThat(full[0]).isNaN();
    }
  }

  @Test
  void product_batchThatIsNotFull_isOnTheHeap() {
    // Given
    Call product = kernels.product(Matrix.of(in, WIDTH), weights, bias, Matrix.of(out, WIDTH));
    fill(in, 1);
    fill(weights, 1);
    product.run(ROWS);

    // When
    product.run(ROWS - 1);

    // Then
    assertThat(out.isBehind()).isFalse();
    assertThat(out.values()).startsWith(WIDTH, WIDTH);
  }

  @Test
  void product_batchThatIsNotFullAndIsMultipliedOn_isOnTheHeapToo() {
    // Given
    Call product = kernels.product(Matrix.of(in, WIDTH), weights, bias, Matrix.of(out, WIDTH));
    Call next = kernels.product(Matrix.of(out, WIDTH), weights, bias, Matrix.of(in, WIDTH));
    fill(in, 1);
    fill(weights, 1);
    product.run(ROWS);

    // When
    product.run(ROWS - 1);
    next.run(ROWS - 1);

    // Then
    assertThat(out.isBehind()).isFalse();
    assertThat(out.values()).startsWith(WIDTH, WIDTH);
    assertThat(in.values()).startsWith(WIDTH * WIDTH, WIDTH * WIDTH);
  }

  @Test
  void addProduct_oneStepAfterAnother_renewsWhatHasChanged() {
    // Given
    Matrix steps = Matrix.of(out, ROWS / 2, WIDTH);
    Call whole = kernels.product(Matrix.of(in, ROWS / 2, WIDTH), weights, bias, steps);
    HostBuffer sums = buffer(WIDTH * WIDTH);
    Call outer = kernels.transposedTimes(steps, steps, sums);
    fill(in, 1);
    fill(weights, 1);
    whole.run(2);

    // When
    for (int step = 1; step < ROWS / 2; step++) {
      Matrix current = steps.step(step);
      kernels.scale(current, 0, current).run(2);
      kernels.addProduct(steps.step(step - 1), weights, current).run(2);
      kernels.scale(current, 1f / WIDTH, current).run(2);
    }
    outer.run(2);

    // Then
    assertThat(out.values()).containsOnly(WIDTH);
    assertThat(read(sums)).containsOnly(ROWS * WIDTH * WIDTH);
  }

  @Test
  void product_resultThatAnotherKernelReads_isOnTheHeap() {
    // Given
    Call product = kernels.product(Matrix.of(in, WIDTH), weights, bias, Matrix.of(out, WIDTH));
    Call scaling = kernels.scale(Matrix.of(out, WIDTH), 2, Matrix.of(out, WIDTH));
    fill(in, 1);
    fill(weights, 1);

    // When
    product.run(ROWS);
    scaling.run(ROWS);

    // Then
    assertThat(read(out)).containsOnly(2 * WIDTH);
  }

  @Test
  void activationGradient_onlyOneOfBothInNativeMemory_readsBothWhereTheyAre() {
    // Given
    HostBuffer gradient = buffer(ROWS * WIDTH);
    Call product = kernels.product(Matrix.of(in, WIDTH), weights, bias, Matrix.of(out, WIDTH));
    Call rectifying = rectifyingGradient(out, gradient);
    Call other = rectifyingGradient(gradient, out);
    fill(in, 1);
    fill(weights, 1);

    // When
    product.run(ROWS);
    gradient.write(0, new float[] {5}, 0, 1);
    rectifying.run(ROWS);
    fill(in, 2);
    product.run(ROWS);
    other.run(ROWS);

    // Then
    assertThat(read(gradient)).startsWith(5, 0, 0);
    assertThat(read(out)).startsWith(2 * WIDTH, 0, 0);
  }

  private Call rectifyingGradient(HostBuffer values, HostBuffer gradient) {
    Matrix matrix = Matrix.of(values, WIDTH);
    return kernels.activationGradient(Activation.RELU, matrix, matrix, Matrix.of(gradient, WIDTH));
  }

  @Test
  void write_partOfWhatIsInNativeMemory_leavesTheRest() {
    // Given
    kernels.product(Matrix.of(in, WIDTH), weights, bias, Matrix.of(out, WIDTH));
    fill(in, 1);

    // When
    in.write(1, new float[] {2}, 0, 1);

    // Then
    assertThat(in.isBehind()).isFalse();
    assertThat(read(in)).startsWith(1, 2, 1).endsWith(1);
  }

  @Test
  void slice_ofWhatIsInNativeMemory_hasItsValues() {
    // Given
    Call product = kernels.product(Matrix.of(in, WIDTH), weights, bias, Matrix.of(out, WIDTH));
    fill(in, 1);

    // When
    HostBuffer slice = (HostBuffer) in.slice(WIDTH, WIDTH);
    fill(in, 2);
    product.run(ROWS);

    // Then
    assertThat(read(slice)).containsOnly(2);
  }

  static Stream<Integer> seeds() {
    return IntStream.range(0, SEEDS).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void train_networkByChance_agreesWithOneThatHasRoomForMore(int seed) {
    // Given
    NetworkDefinition definition = networkByChance(RandomStream.of(11, seed));

    // When
    List<float[]> full = train(definition, ROWS, 1 + seed % 2);
    List<float[]> roomy = train(definition, ROWS + 1, 1);

    // Then
    for (int i = 0; i < full.size(); i++) {
      assertThat(full.get(i)).containsExactly(roomy.get(i), Offset.offset(2e-4f));
    }
  }

  private static NetworkDefinition networkByChance(RandomStream random) {
    List<Object> layers = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("in"));
    for (int i = 0; i < 8; i++) {
      String last = names.get(names.size() - 1);
      String earlier = names.get(random.integer(100 + i, names.size()));
      String name = "layer" + i;
      layers.add(
          switch (random.integer(i, 10)) {
            case 0 -> layer(name, "add", List.of(last, earlier));
            case 1 -> layer(name, "activation", List.of(last), "activation", "relu");
            case 2 -> layer(name, "dropout", List.of(last), "rate", 0.2);
            case 3 -> layer(name, "batch_normalization", List.of(last));
            case 4 -> dense(name, earlier, "tanh");
            case 5 -> dense(name, last, "linear");
            case 6 -> layer(name, "layer_normalization", List.of(last));
            default -> dense(name, last, "relu");
          });
      names.add(name);
    }
    layers.add(Map.of("name", "end", "type", "dense", "units", 1, "inputs", List.of(names.get(8))));
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "in", "shape", List.of(WIDTH))),
                "layers",
                layers,
                "outputs",
                List.of("end")));
    return NetworkDefinition.read(section);
  }

  private static Object dense(String name, String input, String activation) {
    return Map.of(
        "name",
        name,
        "type",
        "dense",
        "units",
        WIDTH,
        "activation",
        activation,
        "inputs",
        List.of(input));
  }

  private static Object layer(String name, String type, List<String> inputs) {
    return Map.of("name", name, "type", type, "inputs", inputs);
  }

  private static Object layer(
      String name, String type, List<String> inputs, String option, Object value) {
    return Map.of("name", name, "type", type, "inputs", inputs, option, value);
  }

  /**
   * Returns the outputs of both modes, and the weights after some steps, one of them with a partial
   * batch.
   */
  private static List<float[]> train(NetworkDefinition definition, int capacity, int threads) {
    OutputLoss loss =
        new OutputLoss("end", Losses.read(Section.root(Map.of("type", "mean_squared_error"))), 1);
    Network network =
        Network.compile(definition, List.of(loss), capacity, 7, new HostKernels(threads));
    network.optimizeBy(
        OptimizerDefinition.read(Section.root(Map.of("type", "sgd", "learning_rate", 0.01)))
            .create(network.weights().parameterSizes()));
    List<float[]> results = new ArrayList<>();
    float[][] examples = new float[1][ROWS * WIDTH];
    float[][] targets = new float[1][ROWS];
    for (int step = 0; step < 4; step++) {
      int rows = step == 2 ? ROWS / 2 : ROWS;
      for (int i = 0; i < examples[0].length; i++) {
        examples[0][i] = (float) RandomStream.of(5, step).normal(i);
      }
      network.forward(examples, rows, Mode.TRAINING);
      network.backward(targets, null);
      network.update();
      network.forward(examples, rows, Mode.INFERENCE);
      results.add(Arrays.copyOf(network.output(0), rows));
    }
    results.add(network.weights().parameters());
    return results;
  }

  private HostBuffer buffer(int length) {
    return (HostBuffer) kernels.allocate(length);
  }

  private static void fill(HostBuffer buffer, float value) {
    float[] values = new float[buffer.length()];
    Arrays.fill(values, value);
    buffer.write(0, values, 0, values.length);
  }

  private static float[] read(HostBuffer buffer) {
    float[] values = new float[buffer.length()];
    buffer.read(0, values, 0, values.length);
    return values;
  }
}
