package io.millrace.learning.layers;

import io.millrace.learning.kernels.Activation;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a layer sees while it is compiled: its inputs, weights and output, and the passes.
 *
 * <p>A layer overwrites the gradient of each input and of each weight that has one, from the
 * gradient of its output, which it may use as it likes.
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
   * @param squares the sums of the squares of the parts, as long as the weight
   */
  void gradientHasParts(String weight, Buffer squares);

  /** Returns the layer's output, in memory of its own. */
  Tensor output(TensorShape shape);

  /** Makes the first input, seen in another shape, the layer's output. */
  Tensor outputAsInput(TensorShape shape);

  /** Returns memory of the layer's own, of so many values an example. */
  Buffer workspace(int valuesPerExample);

  /**
   * Says whether the loss of the output is computed from the input of its last activation. The
   * gradient of the output is then that of this input already.
   */
  boolean isLossOverInputOf(Activation activation);

  /** Hands the input of the last activation to the loss, where it asks for that. */
  void giveToLoss(Activation activation, Buffer input);

  /** Says whether statistics and gradients of this layer's weights stay as they are. */
  boolean isFrozen();

  /** Adds a call to the forward pass of one mode. */
  void forward(Mode mode, Call call);

  /** Adds a call to this layer's part of the backward pass of one mode, after those before. */
  void backward(Mode mode, Call call);

  /** Adds a call to the forward passes of both modes. */
  default void forward(Call call) {
    forward(Mode.TRAINING, call);
    forward(Mode.INFERENCE, call);
  }

  /** Adds a call to this layer's part of the backward passes of both modes. */
  default void backward(Call call) {
    backward(Mode.TRAINING, call);
    backward(Mode.INFERENCE, call);
  }

  /** Returns a stream of random numbers of this layer alone. */
  RandomStream random();

  /** Returns what counts the training passes, by which random numbers are drawn. */
  LongSupplier pass();
}
