package io.millrace.learning.optimizers;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * How one step changes the parameters, given their gradients and the slots of earlier steps.
 *
 * <p>A step is {@link #prepare}, which computes what all parameters share, and then {@link
 * #update}, a loop over ranges of the flat vectors. A device with its own memory also uses the
 * prepared numbers, but evaluates the {@link #formulas} instead of the loop. Not thread-safe; owned
 * by its {@link Optimizer}.
 */
public interface UpdateRule {
  Variable PARAMETERS = Expression.variable("parameters");
  Variable GRADIENTS = Expression.variable("gradients");

  /**
   * Returns the names of the slots, each with one value per parameter, in the order of {@link
   * #update}.
   */
  List<String> slots();

  /** Returns the initial value of a slot. */
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
   * Other threads may change other ranges at the same time.
   *
   * @param first the first index
   * @param end the index after the last
   */
  void update(float[] parameters, float[] gradients, float[][] slots, int first, int end);

  /** Returns the slot that averages squared gradients, if that average is linear in them. */
  default Optional<SquareAverage> squareAverage() {
    return Optional.empty();
  }

  /**
   * Returns the same update as formulas over {@link #PARAMETERS}, {@link #GRADIENTS} and the slots
   * by name, with the numbers of the prepared step.
   */
  List<Assignment> formulas();

  /** Saves state that is neither in the slots nor a function of the step's number. */
  default void save(State state) {}

  default void restore(State state) {}
}
