package io.millrace.learning.optimizers;

import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The learning-rate schedules by Keras' names, options and defaults. */
final class LearningRateSchedules {
  private static final String KEY = "learning_rate";
  private static final Registry<BiFunction<Section, Double, LearningRateSchedule>> BY_NAME =
      new Registry<>("schedule", "how the learning rate changes with the steps", "constant");

  static {
    BY_NAME.put("constant", LearningRateSchedules::constant);
    BY_NAME.put("exponential_decay", LearningRateSchedules::exponential);
    BY_NAME.put("inverse_time_decay", LearningRateSchedules::inverseTime);
    BY_NAME.put("polynomial_decay", LearningRateSchedules::polynomial);
    BY_NAME.put("piecewise_constant_decay", LearningRateSchedules::piecewise);
    BY_NAME.put("cosine_decay", LearningRateSchedules::cosine);
    BY_NAME.put("cosine_decay_restarts", LearningRateSchedules::cosineRestarts);
  }

  private LearningRateSchedules() {}

  static List<String> names() {
    return BY_NAME.names();
  }

  /** Reads {@code learning_rate}: a number, or a section that names its {@code schedule}. */
  static LearningRateSchedule read(Section optimizer, double defaultRate) {
    if (optimizer.hasSection(KEY)) {
      return readSchedule(optimizer.section(KEY), defaultRate);
    }
    double rate =
        optimizer.decimal(KEY, "size of a step, or a schedule").atLeast(0).orElse(defaultRate);
    return steps -> rate;
  }

  private static LearningRateSchedule readSchedule(Section section, double defaultRate) {
    return BY_NAME.reader(section).apply(section, defaultRate);
  }

  private static LearningRateSchedule constant(Section section, double defaultRate) {
    double rate = initialRate(section, defaultRate);
    return warmedUp(section, steps -> rate);
  }

  private static LearningRateSchedule exponential(Section section, double defaultRate) {
    return warmedUp(
        section,
        new ExponentialDecay(
            initialRate(section, defaultRate),
            decaySteps(section, "decay_steps"),
            decayRate(section),
            staircase(section)));
  }

  private static LearningRateSchedule inverseTime(Section section, double defaultRate) {
    return warmedUp(
        section,
        new InverseTimeDecay(
            initialRate(section, defaultRate),
            decaySteps(section, "decay_steps"),
            decayRate(section),
            staircase(section)));
  }

  private static LearningRateSchedule polynomial(Section section, double defaultRate) {
    return warmedUp(
        section,
        new PolynomialDecay(
            initialRate(section, defaultRate),
            decaySteps(section, "decay_steps"),
            section
                .decimal("end_learning_rate", "rate at the end of the decay")
                .atLeast(0)
                .orElse(0.0001),
            section.decimal("power", "exponent of the curve").above(0).orElse(1.0),
            section.flag("cycle", "whether the decay starts again").orElse(false)));
  }

  private static LearningRateSchedule piecewise(Section section, double defaultRate) {
    List<Double> boundaries =
        section.decimals("boundaries", "last steps of the rates, ascending").orElse(List.of());
    List<Double> values = section.decimals("values", "rates").orElse(List.of(defaultRate));
    boolean ascends = boundaries.stream().sorted().distinct().toList().equals(boundaries);
    if (!ascends || values.size() != boundaries.size() + 1) {
      section.report("boundaries", "must ascend and be one fewer than values");
      return steps -> defaultRate;
    }
    return warmedUp(section, new PiecewiseConstantDecay(boundaries, values));
  }

  /**
   * Reads Keras' own warm-up to a target if there is one, else the warm-up of the other schedules.
   */
  private static LearningRateSchedule cosine(Section section, double defaultRate) {
    double initial = initialRate(section, defaultRate);
    Optional<Double> target =
        section.decimal("warmup_target", "rate at the end of the warm-up").atLeast(0).optional();
    LearningRateSchedule decay =
        new CosineDecay(target.orElse(initial), decaySteps(section, "decay_steps"), alpha(section));
    return target.isPresent()
        ? new LinearWarmUp(initial, target.get(), warmupSteps(section), decay)
        : warmedUp(section, decay);
  }

  private static LearningRateSchedule cosineRestarts(Section section, double defaultRate) {
    return warmedUp(
        section,
        new CosineDecayRestarts(
            initialRate(section, defaultRate),
            decaySteps(section, "first_decay_steps"),
            section.decimal("t_mul", "growth of the periods").atLeast(1).orElse(2.0),
            section.decimal("m_mul", "growth of the peaks").above(0).orElse(1.0),
            alpha(section)));
  }

  /** Prepends a linear rise from zero to the schedule's first rate. */
  private static LearningRateSchedule warmedUp(Section section, LearningRateSchedule schedule) {
    long steps = warmupSteps(section);
    return steps == 0 ? schedule : new LinearWarmUp(0, schedule.rate(0), steps, schedule);
  }

  private static long warmupSteps(Section section) {
    return section.longInteger("warmup_steps", "steps of the linear warm-up").atLeast(0).orElse(0L);
  }

  private static double initialRate(Section section, double defaultRate) {
    return section
        .decimal("initial_learning_rate", "rate of the first step")
        .atLeast(0)
        .orElse(defaultRate);
  }

  private static long decaySteps(Section section, String key) {
    return section.longInteger(key, "steps of the decay").atLeast(1).required();
  }

  private static double decayRate(Section section) {
    return section.decimal("decay_rate", "strength of the decay").above(0).required();
  }

  private static boolean staircase(Section section) {
    return section.flag("staircase", "whether the rate falls in steps").orElse(false);
  }

  private static double alpha(Section section) {
    return section
        .decimal("alpha", "lowest rate, as a share of the highest")
        .atLeast(0)
        .atMost(1)
        .orElse(0.0);
  }
}
