package io.millrace.learning.optimizers;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * How one step changes the parameters, given their gradients and what earlier steps left in slots.
 *
 * <p>A step is {@link #prepare}, which computes what is the same for all parameters, and then
 * {@link #update}, a loop over ranges of the flat vectors. A device with its own memory takes the
 * numbers of the first and computes the {@link #formulas} in place of the second. Not thread safe;
 * owned by its {@link Optimizer}.
 */
public interface UpdateRule {
  Variable PARAMETERS = Expression.variable("parameters");
  Variable GRADIENTS = Expression.variable("gradients");

  /**
   * Returns the names of the slots, one value a parameter each, in the order of {@link #update}.
   */
  List<String> slots();

  /** Returns what the values of a slot are before the first step. */
  default float initialSlotValue(int slot) {
    return 0;
  }

  /**
   * Computes the numbers of one step.
   *
   * @param step the number of the step, from 1
   */
  void prepare(long step, double learningRate);

  /**
   * Changes a range of parameters and slots; allocates nothing. All arrays have the same length.
   * Other threads may change other ranges meanwhile.
   *
   * @param first the first index
   * @param end the index after the last
   */
  void update(float[] parameters, float[] gradients, float[][] slots, int first, int end);

  /** Returns the slot that averages squared gradients, where that average is linear in them. */
  default Optional<SquareAverage> squareAverage() {
    return Optional.empty();
  }

  /**
   * Returns the same update as formulas over {@link #PARAMETERS}, {@link #GRADIENTS} and the slots
   * by their names; their numbers are those of the prepared step.
   */
  List<Assignment> formulas();

  /** Saves what is neither in the slots nor a function of the step's number. */
  default void save(State state) {}

  default void restore(State state) {}
}
