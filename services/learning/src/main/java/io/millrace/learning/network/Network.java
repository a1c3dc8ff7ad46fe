package io.millrace.learning.network;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.HostCopy;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.kernels.Reduction;
import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network compiled for its shapes: passes of kernel calls over preallocated memory.
 *
 * <p>A training step is {@link #forward} in training mode, {@link #backward} and {@link #update}. A
 * batch may have any number of rows up to the capacity, and nothing is allocated. Not thread-safe:
 * one thread owns it, and every thread that predicts needs its own network.
 */
public final class Network {
  private final NetworkDefinition definition;
  private final CompilationOptions options;
  private final WeightVectors vectors;
  private final PassCounter passes = new PassCounter();
  private final int[] inputSizes;
  private final int[] outputWidths;
  private Program program;
  private Set<String> frozen = Set.of();
  private Call update = unbound();
  private @Nullable Optimizer optimizer;
  private @Nullable GradientAccumulation accumulation;
  private int rows;
  private Mode mode = Mode.INFERENCE;

  private Network(NetworkDefinition definition, CompilationOptions options) {
    this.definition = definition;
    this.options = options;
    this.vectors = new WeightVectors(definition, options.kernels(), !options.losses().isEmpty());
    vectors.initialize(options.seed());
    this.program = compiled(definition, options, vectors, passes, frozen);
    this.inputSizes =
        definition.inputs().stream().mapToInt(input -> input.shape().size()).toArray();
    this.outputWidths =
        definition.outputs().stream()
            .mapToInt(name -> definition.outputShape(name).size())
            .toArray();
  }

  private static Program compiled(
      NetworkDefinition definition,
      CompilationOptions options,
      WeightVectors vectors,
      PassCounter passes,
      Set<String> frozen) {
    return new Program(definition, new Compilation(definition, options, vectors, passes, frozen));
  }

  /**
   * Compiles a network that runs on the host, and initializes its weights.
   *
   * @param losses the losses that training minimizes; empty for a network that only predicts
   * @param batchCapacity the most examples of a batch
   * @param seed of the initial weights and of the random numbers drawn in training
   */
  public static Network compile(
      NetworkDefinition definition, List<OutputLoss> losses, int batchCapacity, long seed) {
    return compile(definition, losses, batchCapacity, seed, new HostKernels());
  }

  /** Compiles a network that runs on {@code kernels}. */
  public static Network compile(
      NetworkDefinition definition,
      List<OutputLoss> losses,
      int batchCapacity,
      long seed,
      Kernels kernels) {
    return compile(definition, new CompilationOptions(losses, batchCapacity, kernels, seed, false));
  }

  static Network compile(NetworkDefinition definition, CompilationOptions options) {
    return new Network(definition, options);
  }

  /**
   * Freezes these layers and no others, as Keras' {@code trainable: false} does: their weights stay
   * as they are, and batch normalization uses its averages in training. Where weights are in the
   * vectors stays the same. Compiles the network again if that is a change.
   *
   * @param layers the names of the frozen layers
   */
  public void freeze(Set<String> layers) {
    if (layers.equals(frozen)) {
      return;
    }
    frozen = Set.copyOf(layers);
    program = compiled(definition, options, vectors, passes, frozen);
    vectors.clearGradients();
    if (optimizer != null) {
      bind(optimizer);
    }
  }

  public NetworkDefinition definition() {
    return definition;
  }

  /** Returns the most examples of a batch. */
  public int batchCapacity() {
    return options.batchCapacity();
  }

  /** Returns the weights by name and as vectors. */
  public NetworkWeights weights() {
    return new NetworkWeights(vectors);
  }

  /**
   * Computes the outputs of a batch.
   *
   * @param examples one array per input of the definition, at least {@code [rows, size of the
   *     input]}
   */
  public void forward(float[][] examples, int rows, Mode mode) {
    forward(examples, 0, rows, mode);
  }

  /** Computes the outputs of the batch that begins at {@code firstRow} of the arrays. */
  public void forward(float[][] examples, int firstRow, int rows, Mode mode) {
    Objects.checkFromToIndex(1, rows, batchCapacity());
    this.rows = rows;
    this.mode = mode;
    for (int i = 0; i < inputSizes.length; i++) {
      int size = inputSizes[i];
      program.inputs[i].values().write(0, examples[i], firstRow * size, rows * size);
    }
    if (mode == Mode.TRAINING) {
      passes.next();
    }
    run(program.forward(mode));
  }

  /**
   * Returns whether both modes compute the same outputs, without dropout, noise or batch
   * statistics.
   */
  public boolean infersAsItTrains() {
    return Arrays.equals(program.forward(Mode.TRAINING), program.forward(Mode.INFERENCE));
  }

  /**
   * Returns an output of the last batch, at least {@code [rows, width]}. The array belongs to the
   * network and is valid until the next batch.
   */
  public float[] output(int index) {
    HostCopy predictions = program.predictions[index];
    predictions.download(rows * outputWidth(index));
    return predictions.values();
  }

  /** Returns the number of values of an output for one example. */
  public int outputWidth(int index) {
    return outputWidths[index];
  }

  /**
   * Returns the loss of the last batch: the weighted sum of the mean losses, plus the penalties.
   *
   * @param targets one array per loss, {@code [rows, width of the target]}
   * @param sampleWeights one per row; absent: all are one
   */
  public double loss(float[][] targets, float @Nullable [] sampleWeights) {
    double sum = penalty();
    LossTerm[] losses = program.losses;
    for (int i = 0; i < losses.length; i++) {
      sum += losses[i].value(targets[i], sampleWeights, rows);
    }
    return sum;
  }

  /** Returns the same value as {@link #loss} and computes the gradient of all parameters. */
  public double backward(float[][] targets, float @Nullable [] sampleWeights) {
    double sum = penalty();
    LossTerm[] losses = program.losses;
    for (int i = 0; i < losses.length; i++) {
      sum += losses[i].valueAndGradient(targets[i], sampleWeights, rows);
    }
    run(program.backward(mode));
    return sum;
  }

  /**
   * Returns the unweighted loss of each row, as last computed by {@link #loss} or {@link
   * #backward}.
   */
  public float[] lossPerRow(int loss) {
    return program.losses[loss].perRow();
  }

  /** Returns a copy of the gradient of an input, if the backward pass continues to the inputs. */
  float[] inputGradient(int index) {
    float[] values = new float[rows * inputSizes[index]];
    program.inputs[index].gradients().read(0, values, 0, values.length);
    return values;
  }

  /** Binds {@link #update} to an optimizer made for {@link NetworkWeights#parameterSizes}. */
  public void optimizeBy(Optimizer optimizer) {
    this.optimizer = optimizer;
    bind(optimizer);
  }

  /**
   * Binds every {@code passes}-th {@link #update} to an optimizer, with the mean gradient of as
   * many backward passes.
   */
  public void optimizeBy(Optimizer optimizer, int passes) {
    if (passes > 1) {
      accumulation = new GradientAccumulation(options.kernels(), gradients(), passes);
    }
    optimizeBy(optimizer);
  }

  private void bind(Optimizer bound) {
    Buffer mean = accumulation == null ? gradients() : accumulation.mean();
    bound.freeze(vectors.frozen(frozen));
    List<PartSquares> parts = accumulation == null ? program.partSquares : List.of();
    update = options.kernels().update(bound, vectors.parameters(), mean, parts);
  }

  /**
   * Updates the parameters by the gradient of the last backward pass, or by the mean of the last
   * few.
   */
  public void update() {
    if (accumulation == null || accumulation.add()) {
      update.run(rows);
      run(program.constraints);
    }
  }

  /** Saves the state of the random numbers, and gradients accumulated for the next update. */
  public void save(State state) {
    state.put("training_passes", passes.getAsLong());
    if (accumulation != null) {
      accumulation.save(state.child("accumulation"));
    }
  }

  /** Continues as the saved network. */
  public void restore(State state) {
    passes.restore(state.integer("training_passes"));
    if (accumulation != null && state.contains("accumulation")) {
      accumulation.restore(state.child("accumulation"));
    }
  }

  private Buffer gradients() {
    Buffer gradients = vectors.gradients();
    if (gradients == null) {
      throw new IllegalStateException("The network was compiled without losses");
    }
    return gradients;
  }

  private static Call unbound() {
    return rows -> {
      throw new IllegalStateException("No optimizer is bound");
    };
  }

  private double penalty() {
    double sum = 0;
    for (Reduction penalty : program.penalties) {
      sum += penalty.value();
    }
    return sum;
  }

  private void run(Call[] calls) {
    for (Call call : calls) {
      call.run(rows);
    }
  }
}
