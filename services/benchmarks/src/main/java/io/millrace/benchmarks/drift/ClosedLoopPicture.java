package io.millrace.benchmarks.drift;

import io.millrace.benchmarks.drift.AccuracyCurve.Point;
import io.millrace.benchmarks.drift.ClosedLoopCommand.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws the accuracy of a learner that stops and restarts next to one that never stops. */
final class ClosedLoopPicture {
  private static final int SMOOTHED_OVER = 5;
  private static final List<String> KINDS =
      List.of(
          "abrupt", "abrupt", "abrupt", "abrupt", "gradual", "gradual", "recurring", "recurring");

  private ClosedLoopPicture() {}

  static String of(String name, Run loop, Run never, List<Integer> drifts) {
    List<Point> points = loop.curve().points();
    double last = points.get(points.size() - 1).record();
    Chart chart = new Chart(last, 70, 100, 76, 340).grid(5, "%.0f %%");
    chart.title("Accuracy before training, stream " + name + " (mean of 5,000 records)");
    for (int i = 0; i < drifts.size(); i++) {
      chart.mark(drifts.get(i), KINDS.get(i));
    }
    line(chart, never, Chart.FAINT, 2.2);
    line(chart, loop, Chart.STRONG, 1.4);
    // Detections are counted in scored records, and each point covers a thousand of these.
    loop.detected()
        .forEach(
            at -> chart.arrow(points.get((int) Math.min(at / 1000, points.size() - 1)).record()));
    bars(chart, points);
    for (int record = 0; record <= 1_000_000; record += 200_000) {
      chart.words(
          Math.min(record, last),
          410,
          record == 1_000_000 ? "end" : "middle",
          String.format(Locale.ROOT, "%,d", record));
    }
    return chart
        .legend(0, 446, Chart.FAINT, legend("never stops", never))
        .legend(420, 446, Chart.STRONG, legend("stops and starts again", loop))
        .legend(0, 470, Chart.STRONG, "the bar: records are trained, not only scored")
        .legend(420, 470, Chart.WARNING, "triangles: a drift is noticed")
        .svg(486);
  }

  private static String legend(String words, Run run) {
    return String.format(
        Locale.ROOT, "%s: %.2f %%, %,d steps", words, 100 * run.curve().mean(), run.steps());
  }

  private static void line(Chart chart, Run run, String color, double width) {
    List<Point> points = run.curve().points();
    double[] accuracies = points.stream().mapToDouble(point -> 100 * point.accuracy()).toArray();
    double[] x = points.stream().mapToDouble(Point::record).toArray();
    double[] y = new double[x.length];
    Arrays.setAll(
        y,
        i ->
            Arrays.stream(accuracies, Math.max(0, i - SMOOTHED_OVER + 1), i + 1)
                .average()
                .orElseThrow());
    chart.line(x, y, color, width);
  }

  private static void bars(Chart chart, List<Point> points) {
    int from = 0;
    for (int i = 0; i < points.size(); i++) {
      int to = points.get(i).record();
      boolean goesOn = i + 1 < points.size() && points.get(i + 1).trains();
      if (points.get(i).trains() && goesOn) {
        continue; // one bar for the whole period
      }
      if (points.get(i).trains()) {
        chart.bar(from, to, 368, Chart.STRONG);
      }
      from = to;
    }
  }
}
