package io.millrace.tuning.search;

import java.util.List;

/**
 * One searched setting and its values, which fill the interval from 0 to 1 in their order: equal
 * lengths are equally likely before anything is known. Immutable.
 */
public sealed interface Parameter permits NumberParameter, ChoiceParameter {
  /** Returns the path of the setting, {@code hidden_layers}, {@code units} or {@code units_2}. */
  String name();

  /** Returns the lowest number of hidden layers with which the parameter has a meaning; else 0. */
  int layer();

  /** Returns the value at a place in [0, 1]. */
  Object at(double place);

  /** Returns the middle of a value's place. */
  double place(Object value);

  /**
   * Returns the values of a grid, ascending; numbers without a step give {@code points} of them.
   */
  List<Object> grid(int points);
}
