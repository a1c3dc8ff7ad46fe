package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The context of a layer's compilation: its inputs, weights and output, and the passes.
 *
 * <p>From the gradient of its output, a layer overwrites the gradient of each input and weight that
 * has one. It may use the output's gradient as scratch memory.
 */
public interface LayerScope {

  Kernels kernels();

  List<Tensor> inputs();

  /** Returns the only input. */
  default Tensor input() {
    return inputs().get(0);
  }

  default List<TensorShape> inputShapes() {
    return inputs().stream().map(Tensor::shape).toList();
  }

  Weight weight(String name);

  /**
   * Notes that the gradient of a weight is a sum of parts.
   *
   * @param squares the sums of the parts' squares, as long as the weight
   */
  void gradientHasParts(String weight, Buffer squares);

  /** Returns the layer's output, in new memory. */
  Tensor output(TensorShape shape);

  /** Makes the first input, viewed in another shape, the layer's output. */
  Tensor outputAsInput(TensorShape shape);

  /** Returns scratch memory of {@code valuesPerExample} values per example. */
  Buffer workspace(int valuesPerExample);

  /**
   * Returns whether the loss of the output is computed from the input of its last activation. The
   * gradient of the output is then already that of this input.
   */
  boolean isLossOverInputOf(Activation activation);

  /** Passes the input of the last activation to the loss, if {@link #isLossOverInputOf} says so. */
  void giveToLoss(Activation activation, Buffer input);

  /** Returns whether this layer's statistics and weights do not change. */
  boolean isFrozen();

  /** Adds a call to the forward pass of one mode. */
  void forward(Mode mode, Call call);

  /** Appends a call to this layer's part of the backward pass of one mode. */
  void backward(Mode mode, Call call);

  /** Adds a call to the forward passes of both modes. */
  default void forward(Call call) {
    forward(Mode.TRAINING, call);
    forward(Mode.INFERENCE, call);
  }

  /** Appends a call to this layer's part of the backward passes of both modes. */
  default void backward(Call call) {
    backward(Mode.TRAINING, call);
    backward(Mode.INFERENCE, call);
  }

  /** Returns this layer's own stream of random numbers. */
  RandomStream random();

  /** Returns the counter of training passes, which random numbers depend on. */
  LongSupplier pass();
}
