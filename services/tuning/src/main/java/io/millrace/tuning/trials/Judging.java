package io.millrace.tuning.trials;

import io.millrace.settings.Section;
import io.millrace.tuning.data.Splitting;

/**
 * How a model is trained from records in memory, and how it is judged: a part of the section {@code
 * search}.
 *
 * @param splitting which records judge
 * @param monitor the score that models are compared by
 * @param epochs the most epochs
 * @param patience epochs without a better score before training stops
 * @param seed of the order of records
 */
public record Judging(Splitting splitting, Monitor monitor, int epochs, int patience, long seed) {

  /** Reads the section {@code search}. Problems are reported there. */
  public static Judging read(Section search) {
    return new Judging(
        Splitting.read(search),
        Monitor.read(search),
        search
            .integer("epochs", "most passes over the training records in a trial")
            .atLeast(1)
            .orElse(30),
        search
            .integer("patience", "epochs without a better score before a trial stops")
            .atLeast(1)
            .orElse(5),
        search.longInteger("seed", "seed of the proposals and of the order of records").orElse(1L));
  }

  /** On a stream the order of time is kept; else rows are in another order in each epoch. */
  Shuffling shuffling() {
    return new Shuffling(!splitting.keepsOrder(), seed);
  }
}
