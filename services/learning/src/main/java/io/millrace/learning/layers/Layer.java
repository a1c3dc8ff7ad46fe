package io.millrace.learning.layers;

import java.util.List;

/** A layer as its settings describe it. Immutable; knows neither its name nor its inputs. */
public interface Layer {

  /**
   * Returns the shape of the output.
   *
   * @throws UnfitShapeException where the layer cannot take such inputs
   */
  TensorShape outputShape(List<TensorShape> inputs);

  /** Returns the weights that the layer has for inputs that it can take. */
  default List<WeightDefinition> weights(List<TensorShape> inputs) {
    return List.of();
  }

  /** Returns the bound of the whole numbers that the inputs hold; 0 where they hold any numbers. */
  default int indexBound() {
    return 0;
  }

  /** Adds this layer's kernel calls to the passes of a network. */
  void compile(LayerScope scope);
}
