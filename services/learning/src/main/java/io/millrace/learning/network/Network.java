package io.millrace.learning.network;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.HostCopy;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.kernels.Reduction;
import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.layers.Tensor;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.state.State;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Tensor[] inputs;
  private final int[] inputSizes;
  private final int[] outputWidths;
  private final HostCopy[] predictions;
  private final Map<Mode, Call[]> forward = new EnumMap<>(Mode.class);
  private final Map<Mode, Call[]> backward = new EnumMap<>(Mode.class);
  private final Reduction[] penalties;
  private final Call[] constraints;
  private final List<PartSquares> partSquares;
  private final LossTerm[] losses;
  private Call update = unbound();
  private @Nullable GradientAccumulation accumulation;
  private int rows;
  private Mode mode = Mode.INFERENCE;

  private Network(NetworkDefinition definition, CompilationOptions options) {
    this.definition = definition;
    this.options = options;
    this.vectors = new WeightVectors(definition, options.kernels(), !options.losses().isEmpty());
    vectors.initialize(options.seed());
    Compilation compilation = new Compilation(definition, options, vectors, passes);
    this.inputs =
        definition.inputs().stream()
            .map(input -> compilation.result(input.name()))
            .toArray(Tensor[]::new);
    this.inputSizes =
        definition.inputs().stream().mapToInt(input -> input.shape().size()).toArray();
    this.outputWidths =
        definition.outputs().stream()
            .mapToInt(name -> definition.outputShape(name).size())
            .toArray();
    this.predictions =
        definition.outputs().stream()
            .map(name -> compilation.result(name).values().hostCopy())
            .toArray(HostCopy[]::new);
    for (Mode mode : Mode.values()) {
      forward.put(mode, compilation.forward.toArray(mode));
      backward.put(mode, compilation.backward.toArray(mode));
    }
    this.penalties = compilation.penalties.toArray(Reduction[]::new);
    this.constraints = compilation.constraints.toArray(Call[]::new);
    this.partSquares = compilation.partSquares;
    this.losses = compilation.lossTerms.toArray(LossTerm[]::new);
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
    for (int i = 0; i < inputs.length; i++) {
      int size = inputSizes[i];
      inputs[i].values().write(0, examples[i], firstRow * size, rows * size);
    }
    if (mode == Mode.TRAINING) {
      passes.next();
    }
    run(Objects.requireNonNull(forward.get(mode)));
  }

  /**
   * Returns whether both modes compute the same outputs, without dropout, noise or batch
   * statistics.
   */
  public boolean infersAsItTrains() {
    return Arrays.equals(forward.get(Mode.TRAINING), forward.get(Mode.INFERENCE));
  }

  /**
   * Returns an output of the last batch, at least {@code [rows, width]}. The array belongs to the
   * network and is valid until the next batch.
   */
  public float[] output(int index) {
    predictions[index].download(rows * outputWidth(index));
    return predictions[index].values();
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
    for (int i = 0; i < losses.length; i++) {
      sum += losses[i].value(targets[i], sampleWeights, rows);
    }
    return sum;
  }

  /** Returns the same value as {@link #loss} and computes the gradient of all parameters. */
  public double backward(float[][] targets, float @Nullable [] sampleWeights) {
    double sum = penalty();
    for (int i = 0; i < losses.length; i++) {
      sum += losses[i].valueAndGradient(targets[i], sampleWeights, rows);
    }
    run(Objects.requireNonNull(backward.get(mode)));
    return sum;
  }

  /**
   * Returns the unweighted loss of each row, as last computed by {@link #loss} or {@link
   * #backward}.
   */
  public float[] lossPerRow(int loss) {
    return losses[loss].perRow();
  }

  /** Returns a copy of the gradient of an input, if the backward pass continues to the inputs. */
  float[] inputGradient(int index) {
    float[] values = new float[rows * inputSizes[index]];
    inputs[index].gradients().read(0, values, 0, values.length);
    return values;
  }

  /** Binds {@link #update} to an optimizer made for {@link NetworkWeights#parameterSizes}. */
  public void optimizeBy(Optimizer optimizer) {
    update = options.kernels().update(optimizer, vectors.parameters(), gradients(), partSquares);
  }

  /**
   * Binds every {@code passes}-th {@link #update} to an optimizer, with the mean gradient of as
   * many backward passes.
   */
  public void optimizeBy(Optimizer optimizer, int passes) {
    if (passes == 1) {
      optimizeBy(optimizer);
      return;
    }
    GradientAccumulation accumulated =
        new GradientAccumulation(options.kernels(), gradients(), passes);
    accumulation = accumulated;
    update =
        options.kernels().update(optimizer, vectors.parameters(), accumulated.mean(), List.of());
  }

  /**
   * Updates the parameters by the gradient of the last backward pass, or by the mean of the last
   * few.
   */
  public void update() {
    if (accumulation == null || accumulation.add()) {
      update.run(rows);
      run(constraints);
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
    for (Reduction penalty : penalties) {
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
