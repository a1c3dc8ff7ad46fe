package io.millrace.learning.features;

import io.millrace.learning.state.State;

/** Gives each term a number from 1 on; 0 for one that it does not know. Owned by one thread. */
interface TermNumbers {
  int numberOf(long term);

  void learn(long term);

  void copyFrom(TermNumbers other);

  void save(State state);

  void restore(State state);
}
