package io.millrace.learning.initializers;

import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.List;
import java.util.function.Function;

/** The initializers by Keras' names, options and defaults, and {@code fan_in_uniform}. */
public final class Initializers {
  private static final Registry<Function<Section, Initializer>> BY_NAME =
      new Registry<>("type", "what the weights are before the first step", "zeros");

  static {
    BY_NAME.put("zeros", section -> constant(0));
    BY_NAME.put("ones", section -> constant(1));
    BY_NAME.put("constant", Initializers::constant);
    BY_NAME.put("random_uniform", Initializers::randomUniform);
    BY_NAME.put("random_normal", Initializers::randomNormal);
    BY_NAME.put("truncated_normal", Initializers::truncatedNormal);
    BY_NAME.put("orthogonal", Initializers::orthogonal);
    BY_NAME.put("identity", Initializers::identity);
    BY_NAME.put("fan_in_uniform", section -> fanInUniform());
    variance("lecun", new VarianceScaling(1, VarianceScaling.IN, true));
    variance("glorot", new VarianceScaling(1, VarianceScaling.AVERAGE, true));
    variance("he", new VarianceScaling(2, VarianceScaling.IN, true));
  }

  private Initializers() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return BY_NAME.names();
  }

  /** Reads an initializer from a section with its {@code type} and options. */
  public static Initializer read(Section section) {
    return BY_NAME.reader(section).apply(section);
  }

  private static void variance(String name, VarianceScaling uniform) {
    BY_NAME.put(name + "_uniform", section -> uniform);
    BY_NAME.put(
        name + "_normal",
        section -> new VarianceScaling(uniform.scale(), uniform.connections(), false));
  }

  private static PointwiseInitializer constant(double value) {
    return (fans, random, position) -> value;
  }

  private static Initializer constant(Section section) {
    return constant(section.decimal("value", "the value of every weight").orElse(0.0));
  }

  /**
   * Uniform between -1 and 1, divided by the square root of the number of inputs, as in PyTorch's
   * linear layer for weights and biases.
   */
  private static PointwiseInitializer fanInUniform() {
    return (fans, random, position) ->
        (2 * random.uniform(position) - 1) / Math.sqrt(Math.max(1, fans.in()));
  }

  private static PointwiseInitializer randomUniform(Section section) {
    double low = section.decimal("minval", "lowest value").orElse(-0.05);
    double high = section.decimal("maxval", "highest value").orElse(0.05);
    if (low > high) {
      section.report("minval", "is above maxval");
    }
    return (fans, random, position) -> low + (high - low) * random.uniform(position);
  }

  private static PointwiseInitializer randomNormal(Section section) {
    double mean = mean(section);
    double deviation = deviation(section);
    return (fans, random, position) -> mean + deviation * random.normal(position);
  }

  private static PointwiseInitializer truncatedNormal(Section section) {
    double mean = mean(section);
    double deviation = deviation(section);
    return (fans, random, position) -> mean + deviation * random.truncatedNormal(position);
  }

  private static double mean(Section section) {
    return section.decimal("mean", "mean of the values").orElse(0.0);
  }

  private static double deviation(Section section) {
    return section.decimal("stddev", "standard deviation of the values").atLeast(0).orElse(0.05);
  }

  private static Initializer orthogonal(Section section) {
    return new Orthogonal(section.decimal("gain", "length of the vectors").above(0).orElse(1.0));
  }

  private static Initializer identity(Section section) {
    double gain = section.decimal("gain", "value on the diagonal").orElse(1.0);
    return (values, offset, shape, fans, random) -> {
      int columns = shape[shape.length - 1];
      for (int i = 0; i < Sizes.product(shape); i++) {
        values[offset + i] = i / columns == i % columns ? (float) gain : 0;
      }
    };
  }
}
