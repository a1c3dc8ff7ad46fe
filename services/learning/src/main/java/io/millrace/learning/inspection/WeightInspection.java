package io.millrace.learning.inspection;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of one weight of a layer. Histograms are made when they are first asked for, so that
 * the training thread pays for a copy alone. Safe for any thread.
 */
public final class WeightInspection {
  private final String layer;
  private final String weight;
  private final List<Integer> shape;
  private final Deferred values;
  private final Optional<Deferred> gradient;

  /**
   * @param values and gradient belong to this object from now on
   */
  WeightInspection(
      String layer,
      String weight,
      List<Integer> shape,
      float[] values,
      Optional<float[]> gradient) {
    this.layer = layer;
    this.weight = weight;
    this.shape = List.copyOf(shape);
    this.values = new Deferred(values);
    this.gradient = gradient.map(Deferred::new);
  }

  /** Returns the layer's name. */
  public String layer() {
    return layer;
  }

  /** Returns the weight's name within the layer, such as {@code kernel}. */
  public String weight() {
    return weight;
  }

  /** Returns all its dimensions. */
  public List<Integer> shape() {
    return shape;
  }

  /** Returns its values as they are evaluated and served. */
  public Histogram values() {
    return values.histogram();
  }

  /**
   * Returns the gradient of the newest step, clipped where the settings clip; empty before the
   * first step after a start, and where the weight does not learn.
   */
  public Optional<Histogram> gradient() {
    return gradient.map(Deferred::histogram);
  }

  /** A histogram that is made late. Two readers at once may both make it, and make the same. */
  private static final class Deferred {
    private final float[] values;
    private volatile @Nullable Histogram histogram;

    Deferred(float[] values) {
      this.values = values;
    }

    Histogram histogram() {
      Histogram made = histogram;
      if (made == null) {
        made = Histogram.of(values);
        histogram = made;
      }
      return made;
    }
  }
}
