package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer unrolled over its steps.
 *
 * <p>All tensors have the layout {@code [steps, n, ...]}, so each step is one matrix and all steps
 * together are another. The products with the input, and all gradients of weights, are thus one
 * product over all steps. {@code hidden} begins with the zeros before the first step.
 */
final class Unrolled {
  private final LayerScope scope;
  private final RecurrentOptions options;
  private final Kernels kernels;
  private final Weight kernel;
  private final Weight recurrent;
  private final @Nullable Weight bias;
  private final Tensor in;
  private final Tensor out;
  private final int steps;
  private final Matrix inSteps;
  private final Matrix gates;
  private final Matrix hidden;

  Unrolled(LayerScope scope, Recurrent layer) {
    this.scope = scope;
    this.options = layer.options();
    this.kernels = scope.kernels();
    this.kernel = scope.weight(layer.name("kernel"));
    this.recurrent = scope.weight(layer.name("recurrent_kernel"));
    this.bias = options.bias() == null ? null : scope.weight(layer.name("bias"));
    this.in = scope.input();
    this.out = scope.output(layer.outputShape(scope.inputShapes()));
    this.steps = in.shape().dimension(0);
    this.inSteps = workspace(steps, in.shape().last());
    this.gates = workspace(steps, layer.gates() * options.units());
    this.hidden = workspace(steps + 1, options.units());
  }

  /** Returns scratch memory of {@code rows} rows per example. */
  Matrix workspace(int rows, int columns) {
    return Matrix.of(scope.workspace(rows * columns), rows, columns);
  }

  int steps() {
    return steps;
  }

  /**
   * Returns the input's contribution to the gates, later overwritten by their outputs and
   * gradients.
   */
  Matrix gates() {
    return gates;
  }

  /** Returns the states; step {@code t} holds the state after {@code t} steps. */
  Matrix hidden() {
    return hidden;
  }

  /** Returns the recurrent kernel. */
  Buffer recurrent() {
    return recurrent.values();
  }

  /** Returns the bias; null where there is none. */
  @Nullable Buffer bias() {
    return bias == null ? null : bias.values();
  }

  /** Returns the gradient of the bias; null where there is none or none is asked for. */
  @Nullable Buffer biasGradient() {
    return bias == null ? null : bias.gradient();
  }

  boolean hasGradient() {
    return out.hasGradient();
  }

  /**
   * Adds the forward calls before the steps.
   *
   * @param inputBias the bias of the product with the input
   */
  void addInputPass(@Nullable Buffer inputBias) {
    scope.forward(kernels.timeMajor(examples(in.values()), inSteps, options.goesBackwards()));
    scope.forward(kernels.zero(hidden.step(0)));
    scope.forward(kernels.product(inSteps, kernel.values(), inputBias, gates));
  }

  /** Adds the forward calls after the steps. */
  void addOutputPass() {
    if (options.returnsSequences()) {
      scope.forward(
          kernels.examplesFirst(hidden.steps(1, steps), out.matrix(), isOutputReversed()));
    } else {
      scope.forward(kernels.copy(hidden.step(steps), out.matrix()));
    }
  }

  /**
   * Adds the backward calls: the steps in reverse, and the gradients of the input and of both
   * kernels.
   *
   * @param products the products of the states and the recurrent kernel; a step writes their
   *     gradients there
   */
  void addGradients(Matrix products, StepGradient stepGradient) {
    Matrix gradients = addOutputGradient();
    for (int step = steps - 1; step >= 0; step--) {
      scope.backward(stepGradient.of(step, gradients));
      if (step > 0) { // the state before the first step is zero, whatever is learned
        scope.backward(
            kernels.addTimesTransposed(
                products.step(step), recurrent.values(), gradients.step(step)));
      }
    }
    addInputGradient();
    addRecurrentGradient(products);
  }

  /** Adds the backward calls before the reversed steps; returns the gradients of the states. */
  private Matrix addOutputGradient() {
    Matrix gradients = workspace(steps + 1, options.units());
    if (options.returnsSequences()) {
      scope.backward(kernels.zero(gradients.step(0)));
      scope.backward(
          kernels.timeMajor(out.gradientMatrix(), gradients.steps(1, steps), isOutputReversed()));
    } else {
      scope.backward(kernels.zero(gradients.steps(0, steps)));
      scope.backward(kernels.copy(out.gradientMatrix(), gradients.step(steps)));
    }
    return gradients;
  }

  /** Adds the gradients of the input and of the kernel, computed from those of {@link #gates}. */
  private void addInputGradient() {
    if (kernel.gradient() != null) {
      scope.backward(kernels.transposedTimes(inSteps, gates, kernel.gradient()));
    }
    if (in.hasGradient()) {
      Matrix gradients = workspace(steps, in.shape().last());
      scope.backward(kernels.timesTransposed(gates, kernel.values(), gradients));
      scope.backward(
          kernels.examplesFirst(gradients, examples(in.gradients()), options.goesBackwards()));
    }
  }

  /** Adds the gradient of the recurrent kernel, computed from those of its products. */
  private void addRecurrentGradient(Matrix productGradients) {
    if (recurrent.gradient() != null) {
      scope.backward(
          kernels.transposedTimes(hidden.steps(0, steps), productGradients, recurrent.gradient()));
    }
  }

  private Matrix examples(Buffer buffer) {
    return Matrix.of(buffer, steps, in.shape().last());
  }

  private boolean isOutputReversed() {
    return options.keepsOrder() && options.goesBackwards();
  }

  /** Makes the gradient of one step. */
  @FunctionalInterface
  interface StepGradient {

    /**
     * @param gradients of the states; the step reads the one after it and gives the one before
     */
    Call of(int step, Matrix gradients);
  }
}
