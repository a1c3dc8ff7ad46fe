package io.millrace.learning.layers;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Window;
import io.millrace.settings.Section;
import java.util.List;

/** One value per channel under a window; // [n, ..., channels] -> [n, ..., channels]. */
record Pooling(Kind kind, Sliding sliding) implements Layer {

  /** The value that is computed. */
  enum Kind {
    MAXIMUM,
    AVERAGE
  }

  static Layer read(Section section, Kind kind, int axes) {
    return new Pooling(kind, Sliding.ofPooling(section, axes));
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    return sliding.outputShape(inputs, sliding.check(inputs).last());
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor out = scope.output(outputShape(scope.inputShapes()));
    addPasses(scope, kind, sliding.over(scope.input().shape()), out);
  }

  static void addPasses(LayerScope scope, Kind kind, Window window, Tensor out) {
    Tensor in = scope.input();
    Kernels kernels = scope.kernels();
    scope.forward(
        kind == Kind.MAXIMUM
            ? kernels.maxPooling(in.examples(), window, out.matrix())
            : kernels.averagePooling(in.examples(), window, out.matrix()));
    if (in.hasGradient()) {
      scope.backward(
          kind == Kind.MAXIMUM
              ? kernels.maxPoolingGradient(
                  in.examples(), window, out.matrix(), out.gradientMatrix(), in.exampleGradients())
              : kernels.averagePoolingGradient(
                  out.gradientMatrix(), window, in.exampleGradients()));
    }
  }
}
