package io.millrace.learning.metrics;

import java.util.List;

/** An area under a curve that rows of falling score draw; rows of equal score are one point. */
enum RankingCurve {
  /** The probability that a positive row is scored above a negative one, ties counting half. */
  ROC {
    @Override
    double area(Point before, Point after, Point end) {
      return (after.negatives - before.negatives)
          / end.negatives
          * (after.positives + before.positives)
          / (2 * end.positives);
    }
  },
  /** Precision, averaged over recall, as a sum of rectangles. */
  PRECISION_RECALL {
    @Override
    double area(Point before, Point after, Point end) {
      double precision = after.positives / (after.positives + after.negatives);
      return (after.positives - before.positives) / end.positives * precision;
    }
  };

  /** The weight of the positive and of the negative rows from the highest score down to one. */
  record Point(double positives, double negatives) {
    Point plus(RankedRow row) {
      return new Point(positives + row.positiveWeight(), negatives + row.negativeWeight());
    }
  }

  /** Returns the area between two neighbouring points. */
  abstract double area(Point before, Point after, Point end);

  /** Returns the whole area; NaN where there are only positive or only negative rows. */
  double of(List<RankedRow> highestFirst) {
    Point end = new Point(0, 0);
    for (RankedRow row : highestFirst) {
      end = end.plus(row);
    }
    if (end.positives == 0 || end.negatives == 0) {
      return Double.NaN;
    }
    double area = 0;
    Point before = new Point(0, 0);
    Point after = before;
    for (int i = 0; i < highestFirst.size(); i++) {
      after = after.plus(highestFirst.get(i));
      boolean ties =
          i + 1 < highestFirst.size()
              && highestFirst.get(i + 1).score() == highestFirst.get(i).score();
      if (!ties && !after.equals(before)) {
        area += area(before, after, end);
        before = after;
      }
    }
    return area;
  }
}
