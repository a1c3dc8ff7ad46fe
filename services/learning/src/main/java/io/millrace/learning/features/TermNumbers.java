package io.millrace.learning.features;

import io.millrace.learning.state.State;

/** Numbers terms from 1 on; an unknown term has the number 0. Owned by one thread. */
interface TermNumbers {
  int numberOf(long term);

  void learn(long term);

  void copyFrom(TermNumbers other);

  void save(State state);

  void restore(State state);
}
