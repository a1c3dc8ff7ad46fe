package io.millrace.learning.optimizers;

import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.List;
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

  private static final Registry<Function<Section, Named>> BY_NAME =
      new Registry<>("type", "update rule of the parameters", "sgd");

  static {
    BY_NAME.put("sgd", UpdateRules::sgd);
    BY_NAME.put("rmsprop", UpdateRules::rmsprop);
    BY_NAME.put("adagrad", UpdateRules::adagrad);
    BY_NAME.put("adadelta", UpdateRules::adadelta);
    BY_NAME.put("adam", section -> new Named(adam(section)));
    BY_NAME.put("adamw", section -> new Named(adam(section), 0.001, 0.004));
    BY_NAME.put("nadam", UpdateRules::nadam);
    BY_NAME.put("adamax", UpdateRules::adamax);
    BY_NAME.put("ftrl", UpdateRules::ftrl);
    BY_NAME.put("lion", UpdateRules::lion);
  }

  private UpdateRules() {}

  static List<String> names() {
    return BY_NAME.names();
  }

  static Named read(Section section) {
    return BY_NAME.reader(section).apply(section);
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
    double momentum = share(section, "momentum", "share of the last step that is made again", 0);
    double epsilon = epsilon(section);
    boolean centered =
        section.flag("centered", "whether the variance takes the square's place").orElse(false);
    return new Named(() -> new RootMeanSquarePropagation(rho, momentum, epsilon, centered));
  }

  private static Named adagrad(Section section) {
    double initial = initialAccumulator(section);
    double epsilon = epsilon(section);
    return new Named(() -> new Adagrad(initial, epsilon));
  }

  private static Named adadelta(Section section) {
    double rho = share(section, "rho", "share of the mean square that a step keeps", 0.95);
    double epsilon = epsilon(section);
    return new Named(() -> new Adadelta(rho, epsilon));
  }

  private static Supplier<UpdateRule> adam(Section section) {
    double beta1 = beta1(section);
    double beta2 = beta2(section, 0.999);
    double epsilon = epsilon(section);
    return section.flag("amsgrad", "whether the AMSGrad variant is used").orElse(false)
        ? () -> new AmsGrad(beta1, beta2, epsilon)
        : () -> new Adam(beta1, beta2, epsilon);
  }

  private static Named nadam(Section section) {
    double beta1 = beta1(section);
    double beta2 = beta2(section, 0.999);
    double epsilon = epsilon(section);
    return new Named(() -> new Nadam(beta1, beta2, epsilon));
  }

  private static Named adamax(Section section) {
    double beta1 = beta1(section);
    double beta2 = beta2(section, 0.999);
    double epsilon = epsilon(section);
    return new Named(() -> new Adamax(beta1, beta2, epsilon));
  }

  private static Named lion(Section section) {
    double beta1 = beta1(section);
    double beta2 = beta2(section, 0.99);
    return new Named(() -> new Lion(beta1, beta2));
  }

  private static Named ftrl(Section section) {
    FollowTheRegularizedLeader.Options options =
        new FollowTheRegularizedLeader.Options(
            section
                .decimal("learning_rate_power", "power of the squares that the rate falls with")
                .atMost(0)
                .orElse(-0.5),
            initialAccumulator(section),
            penalty(section, "l1_regularization_strength", "penalty on the size of a weight"),
            penalty(section, "l2_regularization_strength", "penalty on the square of a weight"),
            penalty(section, "l2_shrinkage_regularization_strength", "penalty in the gradient"),
            penalty(section, "beta", "added to the root of the squares"));
    return new Named(() -> new FollowTheRegularizedLeader(options));
  }

  private static double initialAccumulator(Section section) {
    return section
        .decimal("initial_accumulator_value", "sum of squares before the first step")
        .atLeast(0)
        .orElse(0.1);
  }

  private static double penalty(Section section, String key, String meaning) {
    return section.decimal(key, meaning).atLeast(0).orElse(0.0);
  }

  private static double beta1(Section section) {
    return share(section, "beta_1", "decay rate of the first moment", 0.9);
  }

  private static double beta2(Section section, double defaultValue) {
    return share(section, "beta_2", "decay rate of the second moment", defaultValue);
  }

  private static double share(Section section, String key, String meaning, double defaultValue) {
    return section.decimal(key, meaning).atLeast(0).below(1).orElse(defaultValue);
  }

  private static double epsilon(Section section) {
    return section
        .decimal("epsilon", "small constant for numerical stability")
        .atLeast(0)
        .orElse(1e-7);
  }
}
