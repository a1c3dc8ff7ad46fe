package io.millrace.learning.layers;

import io.millrace.settings.Section;
import java.util.List;

/**
 * The same values in other dimensions.
 *
 * @param target the dimensions; one of them may be -1 and follows from the others
 */
record Reshape(List<Integer> target) implements Layer {

  static Layer read(Section section) {
    return new Reshape(
        section
            .integers("target_shape", "dimensions of the output")
            .check(
                "each above 0 or one of them -1",
                shape ->
                    shape.stream().allMatch(dimension -> dimension > 0 || dimension == -1)
                        && shape.stream().filter(dimension -> dimension == -1).count() <= 1)
            .required());
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    int size = Shapes.only(inputs, 0, "any shape").size();
    int known = target.stream().filter(dimension -> dimension > 0).reduce(1, (a, b) -> a * b);
    boolean isOpen = target.contains(-1);
    if (isOpen ? size % known != 0 : size != known) {
      throw new UnfitShapeException("as many values as the target shape " + target);
    }
    return new TensorShape(
        target.stream().map(dimension -> dimension == -1 ? size / known : dimension).toList());
  }

  @Override
  public void compile(LayerScope scope) {
    scope.outputAsInput(outputShape(scope.inputShapes()));
  }
}
