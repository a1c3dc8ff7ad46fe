package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The compilation context of a layer within a layer.
 *
 * @param scope of the outer layer
 * @param prefix of the weights' names
 * @param input the inner layer's input
 * @param output the inner layer's output
 */
record PartScope(LayerScope scope, String prefix, Tensor input, Tensor output)
    implements LayerScope {

  @Override
  public Kernels kernels() {
    return scope.kernels();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Weight weight(String name) {
    return scope.weight(prefix + "/" + name);
  }

  @Override
  public void gradientHasParts(String weight, Buffer squares) {
    scope.gradientHasParts(prefix + "/" + weight, squares);
  }

  @Override
  public Tensor output(TensorShape shape) {
    return output;
  }

  @Override
  public Tensor outputAsInput(TensorShape shape) {
    throw new UnsupportedOperationException("A layer within a layer has an output of its own");
  }

  @Override
  public Buffer workspace(int valuesPerExample) {
    return scope.workspace(valuesPerExample);
  }

  @Override
  public boolean isLossOverInputOf(Activation activation) {
    return false;
  }

  @Override
  public void giveToLoss(Activation activation, Buffer input) {
    throw new UnsupportedOperationException("A layer within a layer has no loss");
  }

  @Override
  public boolean isFrozen() {
    return scope.isFrozen();
  }

  @Override
  public void forward(Mode mode, Call call) {
    scope.forward(mode, call);
  }

  @Override
  public void backward(Mode mode, Call call) {
    scope.backward(mode, call);
  }

  @Override
  public RandomStream random() {
    return scope.random();
  }

  @Override
  public LongSupplier pass() {
    return scope.pass();
  }
}
