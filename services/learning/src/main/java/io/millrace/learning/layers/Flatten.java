package io.millrace.learning.layers;

import java.util.List;

/** Joins all axes into one; // [n, a, b, ...] -> [n, a * b * ...]. */
record Flatten() implements Layer {

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return TensorShape.of(Shapes.only(inputs, 0, "any shape").size());
  }

  @Override
  public void compile(LayerScope scope) {
    scope.outputAsInput(outputShape(scope.inputShapes()));
  }
}
