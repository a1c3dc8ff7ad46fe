package io.millrace.learning.losses;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The losses by Keras' names, with Keras' options and defaults, and class weights. */
public final class Losses {
  private static final String CLASS_WEIGHT = "class_weight";

  private static final Registry<Function<Section, Loss>> BY_NAME =
      new Registry<>("type", "the loss that training minimizes", "mean_squared_error");

  static {
    BY_NAME.put("mean_squared_error", section -> new MeanSquaredError());
    BY_NAME.put("mean_absolute_error", section -> new MeanAbsoluteError());
    BY_NAME.put("mean_absolute_percentage_error", section -> new MeanAbsolutePercentageError());
    BY_NAME.put("mean_squared_logarithmic_error", section -> new MeanSquaredLogarithmicError());
    BY_NAME.put("huber", Losses::huber);
    BY_NAME.put("log_cosh", section -> new LogCosh());
    BY_NAME.put("poisson", section -> new Poisson());
    BY_NAME.put("hinge", section -> new Hinge(false));
    BY_NAME.put("squared_hinge", section -> new Hinge(true));
    BY_NAME.put("categorical_hinge", section -> new CategoricalHinge());
    BY_NAME.put("kl_divergence", section -> new KullbackLeiblerDivergence());
    BY_NAME.put("binary_crossentropy", Losses::binaryCrossentropy);
    BY_NAME.put("categorical_crossentropy", Losses::categoricalCrossentropy);
    BY_NAME.put("sparse_categorical_crossentropy", Losses::sparseCategoricalCrossentropy);
    BY_NAME.put("binary_focal_crossentropy", Losses::binaryFocalCrossentropy);
    BY_NAME.put("categorical_focal_crossentropy", Losses::categoricalFocalCrossentropy);
  }

  private Losses() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return BY_NAME.names();
  }

  /**
   * Returns a loss with its default options.
   *
   * @throws InvalidSettingsException if no loss has that name
   */
  public static Loss named(String name) {
    Section section = Section.root(Map.of("type", name));
    Loss loss = read(section);
    section.finish();
    return loss;
  }

  /**
   * Reads a loss as {@link #read(Section)} does.
   *
   * @param classes the number of classes, which class weights must match
   */
  public static Loss read(Section section, int classes) {
    Loss loss = read(section);
    if (loss instanceof ClassWeighted weighted && weighted.classes() != classes) {
      section.report(CLASS_WEIGHT, "has " + weighted.classes() + " weights; classes: " + classes);
    }
    return loss;
  }

  /**
   * Returns a loss whose rows are weighted by their class.
   *
   * @param weights by class, not copied: who changes them changes the loss
   */
  public static Loss weighted(Loss loss, float[] weights) {
    return new ClassWeighted(loss, weights);
  }

  /**
   * Reads a loss from a section with its {@code type} and options. {@code class_weight: balanced}
   * is the loss without weights, since those are learned.
   */
  public static Loss read(Section section) {
    Loss loss = BY_NAME.reader(section).apply(section);
    if (LossDefinition.isBalanced(section.tree())) {
      section.ignore(CLASS_WEIGHT);
      return loss;
    }
    return section
        .decimals(
            CLASS_WEIGHT,
            "how much the rows of each class count, in the classes' order; or balanced: the rarer it"
                + " has been so far, the more")
        .check("none below 0", weights -> weights.stream().allMatch(weight -> weight >= 0))
        .optional()
        .<Loss>map(weights -> new ClassWeighted(loss, floats(weights)))
        .orElse(loss);
  }

  private static Loss huber(Section section) {
    return new Huber(
        section.decimal("delta", "difference from which on it is linear").above(0).orElse(1.0));
  }

  private static Loss binaryCrossentropy(Section section) {
    double smoothing = labelSmoothing(section);
    return fromLogits(section)
        ? new BinaryCrossentropyOfLogits(smoothing)
        : new BinaryCrossentropy(smoothing);
  }

  private static Loss categoricalCrossentropy(Section section) {
    double smoothing = labelSmoothing(section);
    return fromLogits(section)
        ? new CategoricalCrossentropyOfLogits(Focus.NONE, smoothing)
        : new CategoricalCrossentropy(Focus.NONE, smoothing);
  }

  private static Loss sparseCategoricalCrossentropy(Section section) {
    return fromLogits(section)
        ? new SparseCategoricalCrossentropyOfLogits()
        : new SparseCategoricalCrossentropy();
  }

  private static Loss binaryFocalCrossentropy(Section section) {
    boolean balanced =
        section.flag("apply_class_balancing", "whether alpha weighs the answers").orElse(false);
    return new BinaryFocalCrossentropy(
        balanced, alpha(section), gamma(section), labelSmoothing(section), fromLogits(section));
  }

  private static Loss categoricalFocalCrossentropy(Section section) {
    Focus focus = new Focus(alpha(section), gamma(section));
    double smoothing = labelSmoothing(section);
    return fromLogits(section)
        ? new CategoricalCrossentropyOfLogits(focus, smoothing)
        : new CategoricalCrossentropy(focus, smoothing);
  }

  private static boolean fromLogits(Section section) {
    return section
        .flag("from_logits", "whether the predictions are logits, not probabilities")
        .orElse(false);
  }

  private static double labelSmoothing(Section section) {
    return section
        .decimal("label_smoothing", "how much of the targets' certainty is given up")
        .atLeast(0)
        .atMost(1)
        .orElse(0.0);
  }

  private static double alpha(Section section) {
    return section.decimal("alpha", "weight of the focal loss").atLeast(0).orElse(0.25);
  }

  private static double gamma(Section section) {
    return section.decimal("gamma", "how strongly right answers fade").atLeast(0).orElse(2.0);
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}
