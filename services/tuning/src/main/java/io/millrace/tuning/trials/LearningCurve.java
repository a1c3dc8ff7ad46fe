package io.millrace.tuning.trials;

import io.millrace.tuning.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** How good a model is by the number of records that it learns from. */
public final class LearningCurve {
  private static final double[] SHARES = {0.1, 0.2, 0.5, 1};

  private LearningCurve() {}

  /**
   * A model that learned some of the records.
   *
   * @param share how many of the training records, from 0 to 1
   * @param records how many that were, on average over the splits
   */
  public record Point(double share, int records, TrialResult result) {}

  /**
   * Returns the points of the curve that are known once it is asked to stop, by rising share. All
   * are judged by the same records.
   *
   * @param threads how many models train at a time
   */
  public static List<Point> of(TrialRules rules, int threads, BooleanSupplier stopped)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Point>> work = new ArrayList<>();
      for (double share : SHARES) {
        work.add(pool.submit(() -> point(rules, share, stopped)));
      }
      List<Point> points = new ArrayList<>();
      for (Future<Point> each : work) {
        Point point = each.get();
        if (!stopped.getAsBoolean()) {
          points.add(point);
        }
      }
      return points;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a model of the learning curve failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Point point(TrialRules rules, double share, BooleanSupplier stopped) {
    Judging judging = rules.judging();
    List<Split> splits =
        rules.splits().stream()
            .map(split -> split.reduced(share, judging.splitting().keepsOrder(), judging.seed()))
            .toList();
    TrialRules reduced = new TrialRules(rules.models(), rules.records(), splits, judging);
    Trial trial = new Trial(0, Map.of(), reduced);
    trial.advance(judging.epochs(), stopped);
    int records =
        splits.stream().flatMapToInt(split -> IntStream.of(split.training().length)).sum();
    return new Point(share, records / splits.size(), trial.result());
  }
}
