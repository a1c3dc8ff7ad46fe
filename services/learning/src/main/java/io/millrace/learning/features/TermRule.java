package io.millrace.learning.features;

import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;

/**
 * By which rule texts become tokens, and values names. A network knows terms by their numbers
 * alone, so what learned by another rule would read other terms without a word: it is refused.
 */
final class TermRule {
  /** Of {@link Words} and {@link TermName}; what has no number was learned before these. */
  private static final long NUMBER = 2;

  private static final String KEY = "term_rule";

  private TermRule() {}

  static void save(State state) {
    state.put(KEY, NUMBER);
  }

  /**
   * Returns if what is in the state was learned by this rule.
   *
   * @throws IncompatibleStateException where it was not
   */
  static void require(State state) {
    long found = state.has(KEY) ? state.integer(KEY) : 1;
    if (found != NUMBER) {
      throw new IncompatibleStateException(
          "its texts and categories were read by rule %d of another version, this one reads by %d"
              .formatted(found, NUMBER));
    }
  }
}
