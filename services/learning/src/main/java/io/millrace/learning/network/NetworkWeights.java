package io.millrace.learning.network;

import io.millrace.learning.kernels.Buffer;
import java.util.List;
import java.util.Objects;

/**
 * The weights of a network on the host: by names such as {@code hidden/kernel}, and as the two flat
 * vectors of a checkpoint. Belongs to the thread of its network.
 */
public final class NetworkWeights {
  private final WeightVectors vectors;

  NetworkWeights(WeightVectors vectors) {
    this.vectors = vectors;
  }

  /** Returns the names in the order of the layers. */
  public List<String> names() {
    return vectors.weights().stream().map(NamedWeight::name).toList();
  }

  /** Returns the dimensions of a weight. */
  public List<Integer> shape(String name) {
    return vectors.find(name).definition().shape().dimensions();
  }

  /** Returns whether other weights have the same shapes in the same order, whatever their names. */
  public boolean haveShapesOf(NetworkWeights other) {
    return shapes().equals(other.shapes());
  }

  /** Returns the layer that a weight belongs to. */
  public String layer(String name) {
    return vectors.find(name).layer().name();
  }

  /** Returns whether gradients change a weight. */
  public boolean learns(String name) {
    return vectors.find(name).learns();
  }

  /** Returns a copy of a weight, row-major. */
  public float[] read(String name) {
    return vectors.read(vectors.find(name));
  }

  /**
   * Replaces a weight, row-major.
   *
   * @throws IllegalArgumentException if the number of values differs
   */
  public void write(String name, float[] values) {
    vectors.write(vectors.find(name), values);
  }

  /** Returns a copy of the gradient of a trainable weight. */
  public float[] gradient(String name) {
    Buffer gradient = vectors.gradient(vectors.find(name));
    if (gradient == null) {
      throw new IllegalArgumentException(name + " does not learn");
    }
    return copy(gradient);
  }

  /** Returns a copy of the gradients of all trainable weights, in the order of the vector. */
  public float[] gradients() {
    return copy(Objects.requireNonNull(vectors.gradients(), "compiled without losses"));
  }

  /** Returns the sizes of the trainable weights, in the order of the vector. */
  public int[] parameterSizes() {
    return vectors.weights().stream()
        .filter(NamedWeight::learns)
        .mapToInt(NamedWeight::size)
        .toArray();
  }

  /** Returns a copy of all trainable weights. */
  public float[] parameters() {
    return copy(vectors.parameters());
  }

  /** Copies all trainable weights to {@code target}. */
  public void readParameters(float[] target) {
    vectors.parameters().read(0, target, 0, vectors.parameters().length());
  }

  /**
   * Replaces all trainable weights.
   *
   * @throws IllegalArgumentException if their number differs
   */
  public void writeParameters(float[] values) {
    write(vectors.parameters(), values);
  }

  /** Returns a copy of all non-trainable weights. */
  public float[] nonTrainable() {
    return copy(vectors.nonTrainable());
  }

  /** Copies all non-trainable weights to {@code target}. */
  public void readNonTrainable(float[] target) {
    vectors.nonTrainable().read(0, target, 0, vectors.nonTrainable().length());
  }

  /**
   * Replaces all non-trainable weights.
   *
   * @throws IllegalArgumentException if their number differs
   */
  public void writeNonTrainable(float[] values) {
    write(vectors.nonTrainable(), values);
  }

  private List<List<Object>> shapes() {
    return names().stream().map(name -> List.<Object>of(shape(name), learns(name))).toList();
  }

  private static float[] copy(Buffer buffer) {
    float[] values = new float[buffer.length()];
    buffer.read(0, values, 0, values.length);
    return values;
  }

  private static void write(Buffer buffer, float[] values) {
    if (values.length != buffer.length()) {
      throw new IllegalArgumentException(
          "A vector of " + values.length + " values for one of " + buffer.length());
    }
    buffer.write(0, values, 0, values.length);
  }
}
