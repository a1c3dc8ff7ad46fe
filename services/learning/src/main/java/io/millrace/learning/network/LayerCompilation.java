package io.millrace.learning.network;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.LayerScope;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.layers.Tensor;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.layers.Weight;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The compilation of one layer; collects what the layer adds. */
final class LayerCompilation implements LayerScope {
  final Passes forward = new Passes();
  final Passes backward = new Passes();

  private final Compilation compilation;
  private final LayerDefinition definition;
  private final List<Tensor> inputs;
  private final Map<String, Weight> weights;
  private @Nullable Tensor output;
  private @Nullable Buffer lossInput;
  private @Nullable Activation lastActivation;

  LayerCompilation(Compilation compilation, LayerDefinition definition, List<Tensor> inputs) {
    this.compilation = compilation;
    this.definition = definition;
    this.inputs = inputs;
    this.weights = compilation.weightsOf(definition);
  }

  /** Returns the output that the layer made. */
  Tensor output() {
    return Objects.requireNonNull(output, definition.name());
  }

  /** Returns the values that the loss of the output reads. */
  Buffer lossInput() {
    boolean readsOutputs = lossInstead().map(Loss::readsOutputs).orElse(true);
    return lossInput == null || readsOutputs ? output().values() : lossInput;
  }

  /**
   * Returns the loss over the input of the last activation, if it replaces the loss over its
   * output.
   */
  Optional<Loss> lossInstead() {
    return lastActivation == null ? Optional.empty() : lossOverInputOf(lastActivation);
  }

  private Optional<Loss> lossOverInputOf(Activation activation) {
    String name = activation.name().toLowerCase(Locale.ROOT);
    return compilation.onlyReaderOf(definition).flatMap(loss -> loss.overInputsOf(name));
  }

  @Override
  public Kernels kernels() {
    return compilation.kernels();
  }

  @Override
  public List<Tensor> inputs() {
    return inputs;
  }

  @Override
  public Weight weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  @Override
  public void gradientHasParts(String weight, Buffer squares) {
    compilation.addParts(definition.name() + "/" + weight, squares);
  }

  @Override
  public Tensor output(TensorShape shape) {
    Buffer gradient = compilation.hasGradient(definition) ? workspace(shape.size()) : null;
    output = new Tensor(shape, workspace(shape.size()), gradient);
    return output;
  }

  @Override
  public Tensor outputAsInput(TensorShape shape) {
    output = input().reshaped(shape);
    return output;
  }

  @Override
  public Buffer workspace(int valuesPerExample) {
    return compilation.workspace(valuesPerExample);
  }

  @Override
  public boolean isLossOverInputOf(Activation activation) {
    return lossOverInputOf(activation).isPresent();
  }

  @Override
  public void giveToLoss(Activation activation, Buffer input) {
    lastActivation = activation;
    lossInput = input;
  }

  @Override
  public boolean isFrozen() {
    return compilation.isFrozen(definition);
  }

  @Override
  public void forward(Mode mode, Call call) {
    forward.add(mode, call);
  }

  @Override
  public void backward(Mode mode, Call call) {
    backward.add(mode, call);
  }

  @Override
  public RandomStream random() {
    return compilation.random(definition);
  }

  @Override
  public LongSupplier pass() {
    return compilation.passes();
  }
}
