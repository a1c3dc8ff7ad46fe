package io.millrace.cli.tryout;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.scores.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * As many models as there are folds, each trained without one fold of the rows and judged by it, so
 * that every row is judged once, by a model that has not seen it. For files so small that the rows
 * held out of one training say little.
 *
 * <p>It has a thread of its own. Confined to the thread that began it.
 */
final class CrossValidation implements AutoCloseable {
  /** With fewer, models learn from clearly fewer rows than the served one, and are worse. */
  private static final int FOLDS = 10;

  private static final long SEED = 1;

  private final Configuration configuration;
  private final List<Example> examples;
  private final int mostPasses;
  private final FutureTask<Score> task = new FutureTask<>(this::judge);
  private final Thread thread = new Thread(task, "millrace-folds");
  private volatile boolean enough;
  private volatile boolean stopped;
  private volatile int folds;

  private CrossValidation(Configuration configuration, List<Example> examples, int mostPasses) {
    this.configuration = configuration;
    this.examples = new ArrayList<>(examples);
    // Files are sorted or periodic; a seed makes the same folds of the same file.
    Collections.shuffle(this.examples, new Random(SEED));
    this.mostPasses = mostPasses;
  }

  static CrossValidation begin(
      Configuration configuration, List<Example> examples, int mostPasses) {
    CrossValidation validation = new CrossValidation(configuration, examples, mostPasses);
    validation.thread.start();
    return validation;
  }

  /**
   * Waits for the score of all examples; past the patience, of those folds that are judged by then,
   * one at least.
   */
  Score score(Duration patience) throws InterruptedException {
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      enough = true;
      return finished();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  /** Returns how many folds are judged. */
  int folds() {
    return folds;
  }

  /** Ends training before its time and waits for the thread. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Score finished() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(ExecutionException e) {
    return new IllegalStateException("cross-validation failed", e.getCause());
  }

  private Score judge() {
    Score score = Score.of(configuration.definition().outputs().get(0));
    for (int fold = 0; fold < FOLDS && !stopped && !(enough && fold > 0); fold++) {
      List<Example> trained = new ArrayList<>();
      List<Example> judged = new ArrayList<>();
      for (int i = 0; i < examples.size(); i++) {
        (i % FOLDS == fold ? judged : trained).add(examples.get(i));
      }
      Fold model = new Fold(configuration);
      model.train(trained, mostPasses, () -> stopped);
      model.judge(judged, score);
      folds = fold + 1;
    }
    return score;
  }
}
