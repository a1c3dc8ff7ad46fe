package io.millrace.learning.metrics;

import java.util.List;

/** An area under a curve over rows in falling order of score; rows of equal score are one point. */
enum RankingCurve {
  /** The probability that a positive row scores above a negative one; ties count half. */
  ROC {
    @Override
    double area(Point before, Point after, Point end) {
      return (after.negatives - before.negatives)
          / end.negatives
          * (after.positives + before.positives)
          / (2 * end.positives);
    }
  },
  /** The mean of precision over recall, as a sum of rectangles. */
  PRECISION_RECALL {
    @Override
    double area(Point before, Point after, Point end) {
      double precision = after.positives / (after.positives + after.negatives);
      return (after.positives - before.positives) / end.positives * precision;
    }
  };

  /** The total weight of positive and of negative rows from the highest score down to one row. */
  record Point(double positives, double negatives) {
    Point plus(RankedRow row) {
      return new Point(positives + row.positiveWeight(), negatives + row.negativeWeight());
    }
  }

  /** Returns the area between two adjacent points. */
  abstract double area(Point before, Point after, Point end);

  /** Returns the whole area; NaN if all rows are positive or all are negative. */
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
