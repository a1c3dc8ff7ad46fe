package io.millrace.learning.features;

import io.millrace.learning.state.State;

/** The numbers of a text's tokens: 0 for no token, 1 for an unknown one. */
final class Tokens extends Transformation {
  private static final int KNOWN_FROM = 1;

  private final Layout layout;
  private final int tokens;
  private final TermNumbers numbers;

  Tokens(Layout layout, int tokens, TermNumbers numbers) {
    this.layout = layout;
    this.tokens = tokens;
    this.numbers = numbers;
  }

  @Override
  void learn(float[] raw, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int token = 0; token < tokens; token++) {
        int at = layout.raw(row) + token * Term.CELLS;
        if (raw[at] >= 0) {
          numbers.learn(Term.read(raw, at));
        }
      }
    }
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int token = 0; token < tokens; token++) {
        int at = layout.raw(row) + token * Term.CELLS;
        boolean present = raw[at] >= 0; // false after the last token, and for NaN of a missing text
        target[layout.at(row) + token] =
            present ? KNOWN_FROM + numbers.numberOf(Term.read(raw, at)) : 0;
      }
    }
  }

  @Override
  void copyFrom(Transformation other) {
    numbers.copyFrom(((Tokens) other).numbers);
  }

  @Override
  void save(State state) {
    TermRule.save(state);
    numbers.save(state);
  }

  @Override
  void restore(State state) {
    TermRule.require(state);
    numbers.restore(state);
  }
}
