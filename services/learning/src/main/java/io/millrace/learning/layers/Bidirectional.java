package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer that reads its input from both ends, with separate weights.
 *
 * <p>M. Schuster, K. K. Paliwal, "Bidirectional Recurrent Neural Networks", 1997.
 */
record Bidirectional(Recurrent forward, Recurrent backward, Merge merge) implements Layer {

  /** How the two results are merged. */
  enum Merge {
    CONCAT,
    SUM,
    AVE,
    MUL
  }

  static Layer read(Section section) {
    Section inner = section.section("layer");
    inner.ignore("name");
    String type =
        inner
            .text("type", "the recurrent layer that reads from both ends")
            .check("one of lstm, gru", name -> name.matches("lstm|gru"))
            .required();
    Recurrent layer = type.equals("gru") ? Gru.read(inner) : Lstm.read(inner);
    Merge merge =
        section
            .choice("merge_mode", Merge.class, "how the two results become one")
            .orElse(Merge.CONCAT);
    return new Bidirectional(layer, layer.reversed(), merge);
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    TensorShape shape = forward.outputShape(inputs);
    return merge == Merge.CONCAT ? shape.with(-1, 2 * shape.last()) : shape;
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> inputs) {
    List<WeightDefinition> weights = new ArrayList<>();
    forward.weights(inputs).forEach(weight -> weights.add(weight.within(name("forward"))));
    backward.weights(inputs).forEach(weight -> weights.add(weight.within(name("backward"))));
    return weights;
  }

  private String name(String direction) {
    return direction + "_" + forward.kind();
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor out = scope.output(outputShape(scope.inputShapes()));
    TensorShape shape = forward.outputShape(scope.inputShapes());
    Tensor first = Tensors.like(scope, out, shape);
    Tensor second = Tensors.like(scope, out, shape);
    if (out.hasGradient()) {
      addMergeBackwards(scope, first, second, out);
    }
    Tensor readForward = reading(scope);
    Tensor readBackward = reading(scope);
    forward.compile(new PartScope(scope, name("forward"), readForward, first));
    backward.compile(new PartScope(scope, name("backward"), readBackward, second));
    addMerge(scope, first, second, out);
    if (scope.input().hasGradient()) {
      List<Matrix> gradients =
          List.of(readForward.exampleGradients(), readBackward.exampleGradients());
      scope.backward(scope.kernels().sum(gradients, scope.input().exampleGradients()));
    }
  }

  /** Returns the input with a gradient of its own. */
  private static Tensor reading(LayerScope scope) {
    Tensor in = scope.input();
    return in.hasGradient()
        ? new Tensor(in.shape(), in.values(), scope.workspace(in.shape().size()))
        : in;
  }

  private void addMerge(LayerScope scope, Tensor first, Tensor second, Tensor out) {
    Kernels kernels = scope.kernels();
    int units = first.shape().last();
    switch (merge) {
      case CONCAT -> {
        scope.forward(kernels.copyColumns(first.matrix(), 0, out.matrix(), 0, units));
        scope.forward(kernels.copyColumns(second.matrix(), 0, out.matrix(), units, units));
      }
      case SUM -> addSum(scope, first, second, out);
      case AVE -> {
        addSum(scope, first, second, out);
        scope.forward(kernels.scale(out.examples(), 0.5f, out.examples()));
      }
      case MUL ->
          scope.forward(kernels.multiply(first.examples(), second.examples(), out.examples()));
    }
  }

  private static void addSum(LayerScope scope, Tensor first, Tensor second, Tensor out) {
    scope.forward(
        scope.kernels().sum(List.of(first.examples(), second.examples()), out.examples()));
  }

  private void addMergeBackwards(LayerScope scope, Tensor first, Tensor second, Tensor out) {
    addPartGradient(scope, first, second, out, 0);
    addPartGradient(scope, second, first, out, first.shape().last());
  }

  private void addPartGradient(
      LayerScope scope, Tensor part, Tensor other, Tensor out, int column) {
    Kernels kernels = scope.kernels();
    Matrix gradient = out.exampleGradients();
    Matrix target = part.exampleGradients();
    scope.backward(
        switch (merge) {
          case CONCAT ->
              kernels.copyColumns(
                  out.gradientMatrix(), column, part.gradientMatrix(), 0, part.shape().last());
          case SUM -> kernels.copy(gradient, target);
          case AVE -> kernels.scale(gradient, 0.5f, target);
          case MUL -> kernels.multiply(gradient, other.examples(), target);
        });
  }
}
