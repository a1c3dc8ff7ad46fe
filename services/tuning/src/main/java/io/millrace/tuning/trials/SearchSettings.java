package io.millrace.tuning.trials;

import io.millrace.settings.Section;
import io.millrace.tuning.data.Splitting;
import io.millrace.tuning.search.SearchMethod;
import io.millrace.tuning.trials.SplitTraining.Shuffling;

/**
 * The section {@code search}: what is tried, and how it is judged.
 *
 * @param method what is proposed, and what is given up
 * @param trials how many trials there are, at most
 * @param splitting which records judge
 * @param monitor the score that trials are compared by
 * @param epochs the most epochs of a trial
 * @param patience epochs without a better score before a trial stops
 * @param seed of proposals and of the order of records
 */
public record SearchSettings(
    SearchMethod method,
    int trials,
    Splitting splitting,
    Monitor monitor,
    int epochs,
    int patience,
    long seed) {

  /** Reads the section. Problems are reported there. */
  public static SearchSettings read(Section search) {
    int trials = search.integer("trials", "how many settings are tried").atLeast(1).orElse(20);
    int epochs =
        search
            .integer("epochs", "most passes over the training records in a trial")
            .atLeast(1)
            .orElse(30);
    int patience =
        search
            .integer("patience", "epochs without a better score before a trial stops")
            .atLeast(1)
            .orElse(5);
    long seed =
        search.longInteger("seed", "seed of the proposals and of the order of records").orElse(1L);
    return new SearchSettings(
        SearchMethod.read(search, seed, epochs),
        trials,
        Splitting.read(search),
        Monitor.read(search),
        epochs,
        patience,
        seed);
  }

  /** On a stream the order of time is kept; else rows are in another order in each epoch. */
  Shuffling shuffling() {
    return new Shuffling(!splitting.keepsOrder(), seed);
  }
}
