package io.millrace.learning.optimizers;

import static io.millrace.learning.expressions.Expression.number;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Updates a flat vector of parameters from its gradients, one step per mini-batch.
 *
 * <p>A step clips the gradients, decays the weights, applies the update rule and updates the moving
 * average, in Keras' order. It allocates nothing. The learning rate is the schedule's, times a
 * scale that policies change, times a temporary boost. Owned by one thread.
 */
public final class Optimizer {
  /** The moving average in {@link #formulas}. */
  public static final Variable AVERAGE = Expression.variable("average");

  /**
   * Rare enough to cost nothing, and frequent enough that few averages become subnormal in between.
   */
  private static final int STEPS_BETWEEN_SWEEPS = 64;

  private final LearningRateSchedule schedule;
  private final GradientClipping clipping;
  private final double weightDecay;
  private final UpdateRule rule;
  private final int[] variableSizes;
  private final float[][] slots;
  private final @Nullable MovingAverage average;
  private final @Nullable SquareAverage squareAverage;
  private long steps;
  private double scale = 1;
  private double boost = 1;
  private long boostedUntil;
  private double kept = 1;
  private Runs runs;
  private @Nullable Mirror mirror;

  /** A device that holds the slots and the average; the optimizer's own vectors are then copies. */
  public interface Mirror {

    /** Copies the device's values of a vector to the host. */
    void download(String vector, float[] values);

    /** Copies the values of a vector to the device. */
    void upload(String vector, float[] values);
  }

  Optimizer(OptimizerDefinition definition, int[] variableSizes) {
    this.schedule = definition.schedule();
    this.clipping = definition.clipping();
    this.weightDecay = definition.weightDecay();
    this.rule = definition.rule().get();
    this.squareAverage = rule.squareAverage().orElse(null);
    this.variableSizes = variableSizes.clone();
    this.runs = Runs.of(variableSizes, new boolean[variableSizes.length]);
    int size = Arrays.stream(variableSizes).sum();
    this.slots = new float[rule.slots().size()][size];
    for (int slot = 0; slot < slots.length; slot++) {
      Arrays.fill(slots[slot], rule.initialSlotValue(slot));
    }
    this.average = definition.averages() ? new MovingAverage(definition.emaMomentum(), size) : null;
  }

  /**
   * Freezes these variables and no others. A frozen variable does not change, and its slots stay as
   * they are. Its gradients must be 0.
   *
   * @param frozen by variable
   */
  public void freeze(boolean[] frozen) {
    runs = Runs.of(variableSizes, frozen);
  }

  /** Makes one step in place. Clipping changes the gradients. */
  public void step(float[] parameters, float[] gradients) {
    prepareStep(gradients, List.of());
    change(parameters, gradients, 0, parameters.length);
    finishStep();
  }

  /**
   * Begins a step in place; {@link #change} continues it and {@link #finishStep} ends it. Clipping
   * changes the gradients.
   *
   * @param parted the ranges of the gradients that are sums of parts; clipping ignores the parts
   */
  public void prepareStep(float[] gradients, List<PartedGradient> parted) {
    clipping.clip(gradients, variableSizes);
    prepareStep();
    if (clipping.isNone()) {
      countParts(gradients, parted);
    }
  }

  /**
   * Changes the parameters [first, end). Other threads may change other ranges at the same time.
   */
  public void change(float[] parameters, float[] gradients, int first, int end) {
    for (int run = 0; run < runs.count(); run++) {
      int from = Math.max(first, runs.first(run));
      int to = Math.min(end, runs.end(run));
      if (from < to && !runs.isFrozen(run)) {
        learn(parameters, gradients, from, to);
      } else if (from < to && average != null) {
        average.follow(parameters, true, from, to);
      }
    }
  }

  private void learn(float[] parameters, float[] gradients, int first, int end) {
    if (weightDecay != 0) {
      decay(parameters, first, end);
    }
    rule.update(parameters, gradients, slots, first, end);
    if (average != null) {
      average.follow(parameters, steps == 0, first, end);
    }
    if (steps % STEPS_BETWEEN_SWEEPS == 0) {
      Subnormals.clear(slots, first, end);
    }
  }

  /** Computes the numbers of the next step for a device that evaluates the {@link #formulas}. */
  public void prepareStep() {
    double rate = learningRate();
    kept = 1 - weightDecay * rate;
    rule.prepare(steps + 1, rate);
  }

  /** Ends a step that began with {@link #prepareStep}. */
  public void finishStep() {
    steps++;
  }

  /**
   * Returns the step between {@link #prepareStep} and {@link #finishStep}, without {@link
   * #clipping}, as formulas over parameters, gradients, the slots by name and {@link #AVERAGE}.
   */
  public List<Assignment> formulas() {
    List<Assignment> formulas = new ArrayList<>();
    if (weightDecay != 0) {
      formulas.add(UpdateRule.PARAMETERS.becomes(UpdateRule.PARAMETERS.times(number(() -> kept))));
    }
    formulas.addAll(rule.formulas());
    if (average != null) {
      formulas.add(average.formula(() -> steps == 0));
    }
    return formulas;
  }

  /**
   * Returns the change of a slot's range that precedes {@link #formulas} if the gradients are sums
   * of parts, as a formula over {@link PartedGradient#SQUARES}, gradients and slot.
   */
  public Optional<Assignment> partsFormula() {
    return squareAverage == null || !clipping.isNone()
        ? Optional.empty()
        : Optional.of(PartedGradient.formula(squareAverage, rule.slots()));
  }

  /** Returns the slots, and the average if there is one, by their names in the formulas. */
  public Map<String, float[]> vectors() {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (int i = 0; i < slots.length; i++) {
      vectors.put(rule.slots().get(i), slots[i]);
    }
    if (average != null) {
      vectors.put(AVERAGE.name(), average.values());
    }
    return vectors;
  }

  /**
   * Returns where the runs of variables that are frozen, or are not, begin and end in the vector.
   */
  public List<int[]> ranges(boolean areFrozen) {
    return IntStream.range(0, runs.count())
        .filter(run -> runs.isFrozen(run) == areFrozen)
        .mapToObj(run -> new int[] {runs.first(run), runs.end(run)})
        .toList();
  }

  /** Returns what a step does with frozen variables, as {@link #formulas} over them. */
  public List<Assignment> frozenFormulas() {
    return average == null ? List.of() : List.of(AVERAGE.becomes(UpdateRule.PARAMETERS));
  }

  /** Moves slots and average to {@code mirror}, which receives their values. */
  public void keepIn(Mirror mirror) {
    if (this.mirror != null) {
      vectors().forEach(this.mirror::download);
    }
    this.mirror = mirror;
    vectors().forEach(mirror::upload);
  }

  public GradientClipping clipping() {
    return clipping;
  }

  /** Returns the sizes of the variables in the flat vector. */
  public int[] variableSizes() {
    return variableSizes.clone();
  }

  /** Returns the learning rate of the next step. */
  public double learningRate() {
    return schedule.rate(steps) * scale * (steps < boostedUntil ? boost : 1);
  }

  /**
   * Sets the rate of the next step to {@code learningRate}. A schedule continues from there,
   * scaled.
   *
   * <p>A rate of zero, as at the start of a warm-up, cannot be scaled and stays.
   */
  public void changeLearningRate(double learningRate) {
    double current = learningRate();
    if (current != 0) {
      scale *= learningRate / current;
    }
  }

  /** Takes over by how much another optimizer's rate was changed. */
  public void reduceAs(Optimizer other) {
    scale = other.scale;
  }

  /**
   * Undoes all changes of the rate: the next step has the schedule's rate, boosted if a boost is
   * active.
   */
  public void resetLearningRate() {
    scale = 1;
  }

  /** Multiplies the rate by {@code factor} for the next {@code steps} steps. */
  public void boost(double factor, long steps) {
    boost = factor;
    boostedUntil = this.steps + steps;
  }

  /** Returns the number of steps made. */
  public long steps() {
    return steps;
  }

  public UpdateRule rule() {
    return rule;
  }

  /** Returns the slots, not copies, in the order of the rule. */
  public float[][] slots() {
    return slots;
  }

  /**
   * Returns the moving average of the parameters, not a copy; {@code null} if there is none. It is
   * zero before the first step.
   */
  public float @Nullable [] averagedParameters() {
    if (average == null) {
      return null;
    }
    if (mirror != null) {
      mirror.download(AVERAGE.name(), average.values());
    }
    return average.values();
  }

  public void save(State state) {
    if (mirror != null) {
      vectors().forEach(mirror::download);
    }
    state.put("steps", steps);
    state.put("scale", scale);
    state.put("boost", boost);
    state.put("boosted_until", boostedUntil);
    List<String> names = rule.slots();
    for (int i = 0; i < slots.length; i++) {
      state.child("slot").put(names.get(i), slots[i]);
    }
    rule.save(state.child("rule"));
    if (average != null) {
      state.put("average", average.values());
    }
  }

  public void restore(State state) {
    steps = state.integer("steps");
    scale = state.decimal("scale");
    boost = state.decimal("boost");
    boostedUntil = state.integer("boosted_until");
    List<String> names = rule.slots();
    for (int i = 0; i < slots.length; i++) {
      state.child("slot").read(names.get(i), slots[i]);
    }
    rule.restore(state.child("rule"));
    if (average != null) {
      state.read("average", average.values());
    }
    if (mirror != null) {
      vectors().forEach(mirror::upload);
    }
  }

  private void countParts(float[] gradients, List<PartedGradient> parted) {
    if (squareAverage == null) {
      return;
    }
    for (int i = 0; i < parted.size(); i++) { // an iterator would allocate
      parted.get(i).correct(squareAverage, slots[squareAverage.slot()], gradients);
    }
  }

  private void decay(float[] parameters, int first, int end) {
    float share = (float) kept;
    for (int i = first; i < end; i++) {
      parameters[i] *= share;
    }
  }
}
