package io.millrace.learning.initializers;

import io.millrace.learning.random.RandomStream;

/**
 * A matrix with orthogonal vectors of length {@code gain} along its shorter side. All axes but the
 * last form the rows.
 *
 * <p>A. M. Saxe, J. L. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of
 * learning in deep linear neural networks", ICLR 2014. Normal vectors that are orthogonalized in
 * order, with a positive diagonal, follow the Haar distribution: F. Mezzadri, "How to generate
 * random matrices from the classical compact groups", 2007. Each is orthogonalized twice, which
 * makes it orthogonal up to rounding: L. Giraud et al., "The loss of orthogonality in the
 * Gram-Schmidt orthogonalization process", 2005.
 */
record Orthogonal(double gain) implements Initializer {

  @Override
  public void fill(float[] values, int offset, int[] shape, Fans fans, RandomStream random) {
    int columns = shape[shape.length - 1];
    int rows = Sizes.product(shape) / columns;
    double[][] vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = rows < columns ? vectors[row][column] : vectors[column][row];
        values[offset + row * columns + column] = (float) (gain * value);
      }
    }
  }

  private static double[][] orthonormal(int count, int length, RandomStream random) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        vectors[i][j] = random.normal((long) i * length + j);
      }
      removeComponents(vectors, i);
      removeComponents(vectors, i);
      scale(vectors[i], 1 / Math.sqrt(dot(vectors[i], vectors[i])));
    }
    return vectors;
  }

  private static void removeComponents(double[][] vectors, int of) {
    for (int i = 0; i < of; i++) {
      double component = dot(vectors[i], vectors[of]);
      for (int j = 0; j < vectors[of].length; j++) {
        vectors[of][j] -= component * vectors[i][j];
      }
    }
  }

  private static void scale(double[] vector, double factor) {
    for (int j = 0; j < vector.length; j++) {
      vector[j] *= factor;
    }
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int j = 0; j < left.length; j++) {
      sum += left[j] * right[j];
    }
    return sum;
  }
}
