package io.millrace.learning.layers;

import java.util.List;

/** A layer as its settings describe it. Immutable; it knows neither its name nor its inputs. */
public interface Layer {

  /**
   * Returns the shape of the output.
   *
   * @throws UnfitShapeException if the layer cannot take these inputs
   */
  TensorShape outputShape(List<TensorShape> inputs);

  /** Returns the layer's weights for inputs that it can take. */
  default List<WeightDefinition> weights(List<TensorShape> inputs) {
    return List.of();
  }

  /**
   * Returns the exclusive upper bound of the indices in the inputs; 0 if they are plain numbers.
   */
  default int indexBound() {
    return 0;
  }

  /** Adds this layer's kernel calls to the passes of a network. */
  void compile(LayerScope scope);
}
