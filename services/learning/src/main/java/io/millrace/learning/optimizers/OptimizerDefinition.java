package io.millrace.learning.optimizers;

import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The settings of an optimizer, from which any number of optimizers can be made.
 *
 * @param rule makes the update rule
 * @param schedule the learning rate by step
 * @param weightDecay the share of a parameter, times the learning rate, that each step subtracts
 * @param averages whether a moving average of the parameters is kept
 * @param emaMomentum the share of the average that a step keeps
 * @param options as they were written, preceded by the learning rate, even if that is the default
 */
public record OptimizerDefinition(
    Supplier<UpdateRule> rule,
    LearningRateSchedule schedule,
    GradientClipping clipping,
    double weightDecay,
    boolean averages,
    double emaMomentum,
    Map<String, Object> options) {
  /**
   * The optimizer that learned best on most measured streams. Keras' defaults of a type did not.
   */
  public static final Map<String, Object> DEFAULT =
      Map.of("type", "rmsprop", "rho", 0.99, "epsilon", 1e-8, "learning_rate", 2e-3);

  /**
   * Reads an optimizer from a section with its {@code type} and options; the defaults are Keras'.
   */
  public static OptimizerDefinition read(Section section) {
    UpdateRules.Named named = UpdateRules.read(section);
    return new OptimizerDefinition(
        named.rule(),
        LearningRateSchedules.read(section, named.learningRate()),
        GradientClipping.read(section),
        section
            .decimal(
                "weight_decay",
                "share of each weight that a step subtracts, times the learning rate")
            .atLeast(0)
            .orElse(named.weightDecay()),
        section
            .flag("use_ema", "whether a moving average of the weights is evaluated and served")
            .orElse(false),
        section
            .decimal("ema_momentum", "decay rate of the moving average")
            .atLeast(0)
            .atMost(1)
            .orElse(0.99),
        options(section, named));
  }

  private static Map<String, Object> options(Section section, UpdateRules.Named named) {
    Map<String, Object> written = new TreeMap<>(section.tree());
    if (named.weightDecay() > 0) {
      written.putIfAbsent("weight_decay", named.weightDecay());
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("learning_rate", written.getOrDefault("learning_rate", named.learningRate()));
    written.forEach(options::putIfAbsent);
    return options;
  }

  /**
   * Returns an optimizer before its first step.
   *
   * @param variableSizes the sizes of the variables in the flat vector
   */
  public Optimizer create(int... variableSizes) {
    return new Optimizer(this, variableSizes);
  }
}
