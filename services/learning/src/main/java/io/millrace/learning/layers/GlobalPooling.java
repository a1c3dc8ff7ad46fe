package io.millrace.learning.layers;

import io.millrace.settings.Section;
import java.util.Collections;
import java.util.List;

/** One value per channel over all places; // [n, ..., channels] -> [n, channels]. */
record GlobalPooling(Pooling.Kind kind, int axes, boolean keepDimensions) implements Layer {

  static Layer read(Section section, Pooling.Kind kind, int axes) {
    return new GlobalPooling(
        kind,
        axes,
        section.flag("keepdims", "whether the axes of places stay, with length 1").orElse(false));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    TensorShape shape = sliding(inputs).outputShape(inputs, inputs.get(0).last());
    return keepDimensions ? shape : TensorShape.of(shape.last());
  }

  /** Returns a window over all places. */
  private Sliding sliding(List<TensorShape> inputs) {
    TensorShape shape =
        Shapes.exactly(
            inputs, axes + 1, axes == 1 ? "(steps, channels)" : "(height, width, channels)");
    List<Integer> ones = Collections.nCopies(axes, 1);
    return new Sliding(shape.dimensions().subList(0, axes), ones, ones, Padding.VALID);
  }

  @Override
  public void compile(LayerScope scope) {
    List<TensorShape> inputs = scope.inputShapes();
    Tensor out = scope.output(outputShape(inputs));
    Pooling.addPasses(scope, kind, sliding(inputs).over(inputs.get(0)), out);
  }
}
