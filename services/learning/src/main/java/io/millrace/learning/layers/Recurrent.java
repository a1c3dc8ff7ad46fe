package io.millrace.learning.layers;

import java.util.ArrayList;
import java.util.List;

/** A layer that reads its input step by step; // [n, steps, features] -> [n, (steps,) units]. */
interface Recurrent extends Layer {

  RecurrentOptions options();

  /** Returns Keras' name of the layer type: lstm or gru. */
  String kind();

  /** Returns the number of gates. */
  int gates();

  /** Returns this layer for reading the input in the opposite direction. */
  Recurrent reversed();

  /** Returns the shape of the bias. */
  int[] biasShape();

  @Override
  default TensorShape outputShape(List<TensorShape> inputs) {
    TensorShape shape = Shapes.exactly(inputs, 2, "(steps, features)");
    return options().returnsSequences()
        ? shape.with(-1, options().units())
        : TensorShape.of(options().units());
  }

  @Override
  default List<WeightDefinition> weights(List<TensorShape> inputs) {
    RecurrentOptions options = options();
    int width = gates() * options.units();
    List<WeightDefinition> weights = new ArrayList<>();
    weights.add(options.kernel().define(name("kernel"), inputs.get(0).last(), width));
    weights.add(options.recurrent().define(name("recurrent_kernel"), options.units(), width));
    if (options.bias() != null) {
      weights.add(options.bias().define(name("bias"), biasShape()));
    }
    return weights;
  }

  /** Returns the name of a weight within the layer. */
  default String name(String weight) {
    return kind() + "_cell/" + weight;
  }
}
