package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The accuracy of each thousand scored records, in order. The rolling accuracy covers as many
 * records, so each record is counted once, except those after the last point.
 */
final class AccuracyCurve {
  private static final int EVERY = 1000;

  private final List<Point> points = new ArrayList<>();
  private long scored;

  /**
   * A point of the curve.
   *
   * @param record the index of its last record
   * @param accuracy from 0 to 1
   * @param trains whether records were being trained
   */
  record Point(int record, double accuracy, boolean trains) {}

  /** Feeds a whole stream and returns the curve. */
  static AccuracyCurve of(RecordedStream stream, Learner learner) {
    AccuracyCurve curve = new AccuracyCurve();
    for (int record = 0; record < stream.size(); record++) {
      if (stream.feed(learner, record) && ++curve.scored % EVERY == 0) {
        curve.add(record, learner.progress());
      }
    }
    return curve;
  }

  List<Point> points() {
    return List.copyOf(points);
  }

  double mean() {
    return points.stream().mapToDouble(Point::accuracy).average().orElseThrow();
  }

  private void add(int record, Progress progress) {
    double accuracy = Objects.requireNonNull(progress.prequential().get("rolling_accuracy"));
    boolean trains = progress.phase() == Phase.WARMING || progress.phase() == Phase.TRAINING;
    points.add(new Point(record, accuracy, trains));
  }
}
