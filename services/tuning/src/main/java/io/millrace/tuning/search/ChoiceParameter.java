package io.millrace.tuning.search;

import java.util.List;

/** One of a few values without an order. A place is one of as many equal intervals. */
record ChoiceParameter(String name, int layer, List<Object> choices) implements Parameter {
  ChoiceParameter {
    choices = List.copyOf(choices);
  }

  @Override
  public Object at(double place) {
    return choices.get(Math.min(choices.size() - 1, (int) (place * choices.size())));
  }

  @Override
  public double place(Object value) {
    return (choices.indexOf(value) + 0.5) / choices.size();
  }

  @Override
  public List<Object> grid(int points) {
    return choices;
  }
}
