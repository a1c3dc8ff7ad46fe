package io.millrace.learning.network;

import io.millrace.learning.initializers.Fans;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Weight;
import io.millrace.learning.layers.WeightDefinition;
import io.millrace.learning.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a network as two flat vectors, trainable and non-trainable, each in the order of
 * the layers.
 */
final class WeightVectors {
  private final List<NamedWeight> weights = new ArrayList<>();
  private final Buffer parameters;
  private final @Nullable Buffer gradients;
  private final Buffer nonTrainable;

  /**
   * @param withGradients whether the network is trained
   */
  WeightVectors(NetworkDefinition definition, Kernels kernels, boolean withGradients) {
    int learned = 0;
    int fixed = 0;
    for (LayerDefinition layer : definition.layers()) {
      for (WeightDefinition weight : layer.weights()) {
        boolean learns = layer.learns(weight);
        weights.add(new NamedWeight(layer, weight, learns, learns ? learned : fixed));
        learned += learns ? weight.shape().size() : 0;
        fixed += learns ? 0 : weight.shape().size();
      }
    }
    parameters = kernels.allocate(learned);
    gradients = withGradients ? kernels.allocate(learned) : null;
    nonTrainable = kernels.allocate(fixed);
  }

  /** Initializes every weight. */
  void initialize(long seed) {
    for (int i = 0; i < weights.size(); i++) {
      NamedWeight weight = weights.get(i);
      float[] values = new float[weight.size()];
      weight
          .definition()
          .initializer()
          .fill(
              values,
              0,
              weight.definition().shape().toArray(),
              fans(weight),
              RandomStream.of(seed, i));
      write(weight, values);
    }
  }

  /** Returns the fans of the layer's kernel for a bias, else those of the weight itself. */
  private static Fans fans(NamedWeight weight) {
    boolean isVector = weight.definition().shape().rank() == 1;
    WeightDefinition counted = isVector ? weight.layer().weights().get(0) : weight.definition();
    return Fans.of(counted.shape().toArray());
  }

  /** Returns the weight of a name such as {@code hidden/kernel}. */
  NamedWeight find(String name) {
    return weights.stream()
        .filter(weight -> weight.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No weight " + name));
  }

  /** Returns which of the variables in the vector of parameters belong to these layers. */
  boolean[] frozen(Set<String> layers) {
    List<NamedWeight> learned = weights.stream().filter(NamedWeight::learns).toList();
    boolean[] frozen = new boolean[learned.size()];
    for (int i = 0; i < frozen.length; i++) {
      frozen[i] = layers.contains(learned.get(i).layer().name());
    }
    return frozen;
  }

  /** Sets all gradients to 0: those of frozen layers are not computed. */
  void clearGradients() {
    if (gradients != null) {
      gradients.write(0, new float[gradients.length()], 0, gradients.length());
    }
  }

  /**
   * Returns the memory of a layer's weights by their names within the layer.
   *
   * @param isFrozen whether they have no gradients
   */
  Map<String, Weight> of(LayerDefinition layer, boolean isFrozen) {
    Map<String, Weight> result = new LinkedHashMap<>();
    for (NamedWeight weight : weights) {
      if (weight.layer().name().equals(layer.name())) {
        result.put(
            weight.definition().name(),
            new Weight(values(weight), isFrozen ? null : gradient(weight)));
      }
    }
    return result;
  }

  void write(NamedWeight weight, float[] values) {
    if (values.length != weight.size()) {
      throw new IllegalArgumentException(
          weight.name() + " has " + weight.size() + " values, not " + values.length);
    }
    vector(weight).write(weight.offset(), values, 0, values.length);
  }

  float[] read(NamedWeight weight) {
    float[] values = new float[weight.size()];
    vector(weight).read(weight.offset(), values, 0, values.length);
    return values;
  }

  Buffer values(NamedWeight weight) {
    return vector(weight).slice(weight.offset(), weight.size());
  }

  @Nullable Buffer gradient(NamedWeight weight) {
    return gradients == null || !weight.learns()
        ? null
        : gradients.slice(weight.offset(), weight.size());
  }

  private Buffer vector(NamedWeight weight) {
    return weight.learns() ? parameters : nonTrainable;
  }

  List<NamedWeight> weights() {
    return weights;
  }

  Buffer parameters() {
    return parameters;
  }

  @Nullable Buffer gradients() {
    return gradients;
  }

  Buffer nonTrainable() {
    return nonTrainable;
  }
}
