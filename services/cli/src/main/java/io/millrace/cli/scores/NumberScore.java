package io.millrace.cli.scores;

import io.millrace.cli.produce.Cell;
import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.TextTable;
import io.millrace.client.Output;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The {@link Score} of an output whose label is a number. */
final class NumberScore implements Score {
  private static final int DECILES = 10;

  private final OutputSettings settings;
  private final List<Row> compared = new ArrayList<>();

  NumberScore(OutputSettings settings) {
    this.settings = settings;
  }

  @Override
  public void add(Output output, int row, String label) {
    double known = Cell.isNumber(label) ? Double.parseDouble(label) : Double.NaN;
    if (Double.isFinite(known)) {
      compared.add(new Row(known, output.row(row)[0]));
    }
  }

  @Override
  public long rows() {
    return compared.size();
  }

  @Override
  public Headline headline() {
    return new Headline("r2", r2(), 0);
  }

  @Override
  public boolean isBetterThanBaseline() {
    double mean = mean();
    double[] gains =
        compared.stream().mapToDouble(row -> row.square(mean) - row.squaredError()).toArray();
    double gain = DoubleStream.of(gains).average().orElse(0);
    double squares = DoubleStream.of(gains).map(each -> (each - gain) * (each - gain)).sum();
    double count = gains.length;
    return count > 1 && gain > SIGNIFICANCE * Math.sqrt(squares / (count - 1) / count);
  }

  @Override
  public List<String> lines() {
    double mean = mean();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: R2 %s over %s rows; mean absolute error %s, root mean squared error %s"
            .formatted(
                settings.name(),
                decimal(r2()),
                Figures.count(rows()),
                Figures.plain(average(compared.stream().mapToDouble(Row::absoluteError))),
                Figures.plain(root(compared.stream().mapToDouble(Row::squaredError)))));
    lines.add(
        "baseline: always %s, the mean of these labels: R2 0; mean absolute error %s, root mean squared error %s"
            .formatted(
                Figures.plain(mean),
                Figures.plain(
                    average(compared.stream().mapToDouble(row -> Math.abs(row.known() - mean)))),
                Figures.plain(root(compared.stream().mapToDouble(row -> row.square(mean))))));
    if (!isBetterThanBaseline()) {
      lines.add("the model is no better than this baseline");
    }
    return lines;
  }

  @Override
  public List<String> details(int most) {
    List<Row> sorted = compared.stream().sorted(Comparator.comparingDouble(Row::known)).toList();
    TextTable table =
        new TextTable("LABELS FROM", "TO", "ROWS", "MEAN ABSOLUTE ERROR", "MEAN ERROR");
    int parts = Math.min(DECILES, sorted.size());
    for (int part = 0; part < parts; part++) {
      List<Row> rows =
          sorted.subList(
              Math.toIntExact((long) sorted.size() * part / parts),
              Math.toIntExact((long) sorted.size() * (part + 1) / parts));
      table.row(
          Figures.plain(rows.get(0).known()),
          Figures.plain(rows.get(rows.size() - 1).known()),
          Figures.count(rows.size()),
          Figures.plain(average(rows.stream().mapToDouble(Row::absoluteError))),
          Figures.plain(average(rows.stream().mapToDouble(Row::error))));
    }
    return table.lines();
  }

  @Override
  public String text(String prefix) {
    return "%1$smean_absolute_error=%2$s %1$sroot_mean_squared_error=%3$s %1$sr2=%4$s %1$sbaseline=0.0000"
        .formatted(
            prefix,
            Figures.rounded(average(compared.stream().mapToDouble(Row::absoluteError))),
            Figures.rounded(root(compared.stream().mapToDouble(Row::squaredError))),
            decimal(r2()));
  }

  /** Returns the share of the labels' variance that the answers explain. */
  private double r2() {
    double mean = mean();
    double variance = average(compared.stream().mapToDouble(row -> row.square(mean)));
    double error = average(compared.stream().mapToDouble(Row::squaredError));
    return variance == 0 ? Double.NaN : 1 - error / variance;
  }

  private double mean() {
    return average(compared.stream().mapToDouble(Row::known));
  }

  private static double average(DoubleStream values) {
    return values.average().orElse(Double.NaN);
  }

  private static double root(DoubleStream squares) {
    return Math.sqrt(average(squares));
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.4f", value);
  }

  /**
   * A label and the answer for its row.
   *
   * @param known the label
   */
  private record Row(double known, double answer) {
    double error() {
      return answer - known;
    }

    double absoluteError() {
      return Math.abs(error());
    }

    double squaredError() {
      return error() * error();
    }

    double square(double mean) {
      return (known - mean) * (known - mean);
    }
  }
}
