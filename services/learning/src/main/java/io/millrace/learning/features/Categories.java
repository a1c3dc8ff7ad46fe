package io.millrace.learning.features;

import io.millrace.learning.state.State;

/**
 * Encodes a category as its number or one-hot; an unknown or missing one has the number 0. If
 * configured, a last number is 1 where the category is missing.
 */
final class Categories extends Transformation {
  private final CategoryFeature feature;
  private final Layout layout;
  private final int fields;
  private final int fieldWidth;
  private final TermNumbers[] numbers;

  Categories(CategoryFeature feature, Layout layout) {
    this.feature = feature;
    this.layout = layout;
    fields = feature.fields().size();
    fieldWidth = feature.width() / fields;
    numbers = new TermNumbers[feature.terms().learned() ? fields : 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = feature.terms().numbers();
    }
  }

  @Override
  void learn(float[] raw, int rows) {
    if (feature.terms().learned()) {
      for (int row = 0; row < rows; row++) {
        for (int field = 0; field < fields; field++) {
          int at = layout.raw(row) + field * Term.CELLS;
          if (!RawForm.isMissing(raw, at)) {
            numbers[field].learn(Term.read(raw, at));
          }
        }
      }
    }
  }

  @Override
  void apply(float[] raw, float[] target, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int field = 0; field < fields; field++) {
        write(
            field,
            raw,
            layout.raw(row) + field * Term.CELLS,
            target,
            layout.at(row) + field * fieldWidth);
      }
    }
  }

  @Override
  void copyFrom(Transformation source) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].copyFrom(((Categories) source).numbers[i]);
    }
  }

  @Override
  void save(State state) {
    TermRule.save(state);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].save(state.child("field_" + i));
    }
  }

  @Override
  void restore(State state) {
    TermRule.require(state);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].restore(state.child("field_" + i));
    }
  }

  private void write(int field, float[] raw, int from, float[] target, int to) {
    boolean missing = RawForm.isMissing(raw, from);
    TermNumbers terms = numbers[numbers.length == 1 ? 0 : field];
    int number = missing ? 0 : terms.numberOf(Term.read(raw, from));
    if (feature.as() == CategoryFeature.As.INDEX) {
      target[to] = number;
      return;
    }
    for (int i = 0; i <= feature.terms().size(); i++) {
      target[to + i] = i == number ? 1 : 0;
    }
    if (feature.indicator()) {
      target[to + fieldWidth - 1] = missing ? 1 : 0;
    }
  }
}
