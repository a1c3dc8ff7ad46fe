package io.millrace.learning.layers;

import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.List;

/**
 * Joins inputs along one axis.
 *
 * @param axis counted with the batch axis as 0, or from the end
 */
record Concatenate(int axis) implements Layer {

  static Layer read(Section section) {
    return new Concatenate(
        section
            .integer("axis", "axis along which the inputs are put side by side, the batch being 0")
            .check("not 0", axis -> axis != 0)
            .orElse(-1));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    int place = place(inputs);
    if (inputs.stream().map(shape -> shape.with(place, 1)).distinct().count() != 1) {
      throw new UnfitShapeException("inputs that differ in axis " + axis + " only");
    }
    int total = inputs.stream().mapToInt(shape -> shape.dimension(place)).sum();
    return inputs.get(0).with(place, total);
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor out = scope.output(outputShape(scope.inputShapes()));
    int place = place(scope.inputShapes());
    int places = out.shape().dimensions().subList(0, place).stream().reduce(1, (a, b) -> a * b);
    int column = 0;
    for (Tensor in : scope.inputs()) {
      int width = in.shape().size() / places;
      Matrix all = Matrix.of(out.values(), places, out.shape().size() / places);
      Matrix part = Matrix.of(in.values(), places, width);
      scope.forward(scope.kernels().copyColumns(part, 0, all, column, width));
      if (in.hasGradient()) {
        scope.backward(
            scope
                .kernels()
                .copyColumns(all.in(out.gradients()), column, part.in(in.gradients()), 0, width));
      }
      column += width;
    }
  }

  /** Returns the index of the axis without the batch axis. */
  private int place(List<TensorShape> inputs) {
    int rank = inputs.isEmpty() ? 0 : inputs.get(0).rank();
    int place = axis < 0 ? rank + axis : axis - 1;
    boolean unfit = inputs.stream().anyMatch(shape -> shape.rank() != rank);
    if (inputs.isEmpty() || unfit || place < 0 || place >= rank) {
      throw new UnfitShapeException("inputs of one rank that have an axis " + axis);
    }
    return place;
  }
}
