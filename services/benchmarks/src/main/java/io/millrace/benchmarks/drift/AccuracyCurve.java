package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The accuracy of every thousand records that were scored, in their order. The rolling accuracy is
 * over as many, so that no record is left out or counted twice, but for those after the last point.
 */
final class AccuracyCurve {
  private static final int EVERY = 1000;

  private final List<Point> points = new ArrayList<>();
  private long scored;

  /**
   * A point of the curve.
   *
   * @param record the number of the record that it ends with
   * @param accuracy from 0 to 1
   * @param trains whether records were being trained
   */
  record Point(int record, double accuracy, boolean trains) {}

  /** Feeds all of a stream and returns the curve. */
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
