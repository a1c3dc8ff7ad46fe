package io.millrace.learning.initializers;

import io.millrace.learning.random.RandomStream;
import java.util.function.ToDoubleFunction;

/**
 * Values whose variance is {@code scale} divided by the number of connections, so that signals keep
 * their size from layer to layer.
 *
 * <p>The normal form is truncated at two standard deviations and widened to keep its variance.
 *
 * <p>Y. LeCun et al., "Efficient BackProp", 1998; X. Glorot, Y. Bengio, "Understanding the
 * difficulty of training deep feedforward neural networks", AISTATS 2010; K. He et al., "Delving
 * Deep into Rectifiers", ICCV 2015.
 */
record VarianceScaling(double scale, ToDoubleFunction<Fans> connections, boolean uniform)
    implements PointwiseInitializer {
  /** The standard deviation of a standard normal variable truncated at two standard deviations. */
  private static final double TRUNCATED_DEVIATION = .87962566103423978;

  static final ToDoubleFunction<Fans> IN = Fans::in;
  static final ToDoubleFunction<Fans> AVERAGE = fans -> (fans.in() + fans.out()) / 2.0;

  @Override
  public double value(Fans fans, RandomStream random, long position) {
    double deviation = Math.sqrt(scale / Math.max(1, connections.applyAsDouble(fans)));
    return uniform
        ? Math.sqrt(3) * deviation * (2 * random.uniform(position) - 1)
        : random.truncatedNormal(position) * deviation / TRUNCATED_DEVIATION;
  }
}
