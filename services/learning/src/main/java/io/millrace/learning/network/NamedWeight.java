package io.millrace.learning.network;

import io.millrace.learning.layers.WeightDefinition;

/**
 * A weight and its place in a network's vectors.
 *
 * @param learns whether it is in the vector of parameters, or in the non-trainable one
 * @param offset where it begins in that vector
 */
record NamedWeight(LayerDefinition layer, WeightDefinition definition, boolean learns, int offset) {

  String name() {
    return layer.name() + "/" + definition.name();
  }

  int size() {
    return definition.shape().size();
  }
}
