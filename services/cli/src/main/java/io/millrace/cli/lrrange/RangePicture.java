package io.millrace.cli.lrrange;

import io.millrace.tuning.charts.Axis;
import io.millrace.tuning.charts.LineChart;
import io.millrace.tuning.rates.RangeCurve;
import java.util.Arrays;

/** The curve of a range test as SVG. */
final class RangePicture {
  private RangePicture() {}

  static String svg(String model, RangeCurve curve) {
    Axis rates =
        Axis.logarithmic("learning rate", curve.rates())
            .within(curve.range().from(), curve.range().to());
    double[] shown = Arrays.stream(curve.smoothed()).filter(Double::isFinite).toArray();
    LineChart chart =
        new LineChart(
                "%s: loss by learning rate".formatted(model), rates, Axis.linear("loss", shown))
            .line("smoothed loss", curve.rates(), curve.smoothed())
            .faintLine("loss of the mini-batch", curve.rates(), curve.losses());
    curve.suggestion().ifPresent(rate -> chart.mark(rate, "suggested: " + RateSetting.text(rate)));
    return chart.svg();
  }
}
