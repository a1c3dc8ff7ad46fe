package io.millrace.learning.optimizers;

import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The update rules by the names, options and defaults of Keras' optimizers. */
final class UpdateRules {

  /** A rule and the defaults of the options that all optimizers share. */
  record Named(Supplier<UpdateRule> rule, double learningRate, double weightDecay) {
    Named(Supplier<UpdateRule> rule) {
      this(rule, 0.001, 0);
    }
  }

  private static final Map<String, Function<Section, Named>> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put("sgd", UpdateRules::sgd);
    BY_NAME.put("rmsprop", UpdateRules::rmsprop);
    BY_NAME.put("adam", UpdateRules::adam);
  }

  private UpdateRules() {}

  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static Named read(Section section) {
    String type =
        section
            .text("type", "how parameters follow their gradients")
            .check("one of " + String.join(", ", BY_NAME.keySet()), BY_NAME::containsKey)
            .required();
    return BY_NAME.getOrDefault(type, UpdateRules::sgd).apply(section);
  }

  private static Named sgd(Section section) {
    double momentum = share(section, "momentum", "share of the last step that is made again", 0);
    boolean nesterov =
        section.flag("nesterov", "whether momentum looks one step ahead").orElse(false);
    return new Named(
        momentum == 0 ? GradientDescent::new : () -> new Momentum(momentum, nesterov), 0.01, 0);
  }

  private static Named rmsprop(Section section) {
    double rho = share(section, "rho", "share of the mean square that a step keeps", 0.9);
    double epsilon = epsilon(section);
    return new Named(() -> new RootMeanSquarePropagation(rho, epsilon));
  }

  private static Named adam(Section section) {
    double beta1 = beta1(section);
    double beta2 = beta2(section, 0.999);
    double epsilon = epsilon(section);
    return new Named(() -> new Adam(beta1, beta2, epsilon));
  }

  private static double beta1(Section section) {
    return share(section, "beta_1", "share of the mean gradient that a step keeps", 0.9);
  }

  private static double beta2(Section section, double defaultValue) {
    return share(section, "beta_2", "share of the second mean that a step keeps", defaultValue);
  }

  private static double share(Section section, String key, String meaning, double defaultValue) {
    return section.decimal(key, meaning).atLeast(0).below(1).orElse(defaultValue);
  }

  private static double epsilon(Section section) {
    return section.decimal("epsilon", "keeps a division from zero").atLeast(0).orElse(1e-7);
  }
}
