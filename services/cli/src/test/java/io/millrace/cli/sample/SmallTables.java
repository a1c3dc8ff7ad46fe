package io.millrace.cli.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tables with a known law, as lines of CSV: a header, then rows. The label is called target. */
final class SmallTables {
  private final Random random;
  private final List<String> lines = new ArrayList<>();

  private SmallTables(long seed) {
    random = new Random(seed);
  }

  /**
   * Classes around two centers each, which only some of the columns tell apart.
   *
   * @param classes how many; the first has {@code share} of the rows, the others the rest
   * @param telling columns that differ between classes; the rest is noise
   */
  static List<String> classes(
      int rows, int columns, int telling, int classes, double share, double apart) {
    SmallTables table = new SmallTables(rows + columns);
    table.header(columns);
    double[][] centers = new double[2 * classes][telling];
    for (double[] center : centers) {
      for (int i = 0; i < telling; i++) {
        center[i] = apart * table.random.nextGaussian();
      }
    }
    for (int row = 0; row < rows; row++) {
      int label = table.random.nextDouble() < share ? 0 : 1 + table.random.nextInt(classes - 1);
      double[] center = centers[2 * label + table.random.nextInt(2)];
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        double middle = i < telling ? center[i] : 0;
        line.append(Plain.formatted("%.4f,", middle + table.random.nextGaussian()));
      }
      table.lines.add(line + "c" + label);
    }
    return table.lines;
  }

  /** Prices by a curved law of five columns, beside five of noise (J. Friedman, 1991). */
  static List<String> prices(int rows) {
    SmallTables table = new SmallTables(rows);
    table.header(10);
    for (int row = 0; row < rows; row++) {
      double[] x = table.random.doubles(10).toArray();
      double law =
          10 * Math.sin(Math.PI * x[0] * x[1])
              + 20 * Math.pow(x[2] - 0.5, 2)
              + 10 * x[3]
              + 5 * x[4]
              + table.random.nextGaussian();
      StringBuilder line = new StringBuilder();
      for (double each : x) {
        line.append(Plain.formatted("%.4f,", each));
      }
      table.lines.add(line + Plain.formatted("%.0f", 100_000 + 20_000 * law));
    }
    return table.lines;
  }

  private void header(int columns) {
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      header.append('x').append(i).append(',');
    }
    lines.add(header + "target");
  }
}
