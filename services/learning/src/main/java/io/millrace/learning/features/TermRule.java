package io.millrace.learning.features;

import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;

/**
 * The version of the rule by which texts become tokens, and values become names. A network knows
 * terms by number only, so state learned by another rule would silently mean other terms. Such
 * state is refused.
 */
final class TermRule {
  /** The rule of {@link Words} and {@link TermName}. State without a number is older. */
  private static final long NUMBER = 2;

  private static final String KEY = "term_rule";

  private TermRule() {}

  static void save(State state) {
    state.put(KEY, NUMBER);
  }

  /**
   * Checks that the state was learned by this rule.
   *
   * @throws IncompatibleStateException if it was not
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
