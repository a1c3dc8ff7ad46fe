package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * A learned vector for each index; // [n, ...] -> [n, ..., outputs].
 *
 * @param inputs the number of indices, which begin at 0
 * @param outputs values of a vector
 */
record Embedding(int inputs, int outputs, WeightOptions embeddings) implements Layer {

  static Layer read(Section section) {
    return new Embedding(
        section.integer("input_dim", "how many indices there are").atLeast(1).required(),
        section.integer("output_dim", "values of a vector").atLeast(1).required(),
        WeightOptions.read(section, "embeddings", "random_uniform"));
  }

  @Override
  public int indexBound() {
    return inputs;
  }

  @Override
  public TensorShape outputShape(List<TensorShape> shapes) {
    List<Integer> dimensions =
        new ArrayList<>(Shapes.only(shapes, 0, "any shape of indices").dimensions());
    dimensions.add(outputs);
    return new TensorShape(dimensions);
  }

  @Override
  public List<WeightDefinition> weights(List<TensorShape> shapes) {
    return List.of(embeddings.define("embeddings", inputs, outputs));
  }

  @Override
  public void compile(LayerScope scope) {
    Tensor in = scope.input();
    Tensor out = scope.output(outputShape(scope.inputShapes()));
    Weight table = scope.weight("embeddings");
    Matrix indices = Matrix.of(in.values(), in.shape().size(), 1);
    Kernels kernels = scope.kernels();
    scope.forward(kernels.gather(indices, table.values(), out.matrix()));
    if (table.gradient() != null) {
      Buffer squares = null;
      if (embeddings.regularizer().isNone()) { // else the penalty's gradient is in every row
        squares = kernels.allocate(table.values().length());
        scope.gradientHasParts("embeddings", squares);
      }
      scope.backward(kernels.scatter(indices, out.gradientMatrix(), table.gradient(), squares));
    }
    if (in.hasGradient()) {
      scope.backward(kernels.zero(in.exampleGradients()));
    }
  }
}
