package io.millrace.cli.predict;

import io.millrace.cli.produce.Cell;
import io.millrace.cli.terminal.Figures;
import io.millrace.client.Output;
import io.millrace.learning.features.TermName;
import io.millrace.learning.model.OutputSettings;
import java.util.Locale;

/**
 * The accuracy or the mean errors of one output's predictions, over all rows with a label. Confined
 * to one thread.
 */
public final class Score {
  private final OutputSettings settings;
  private long rows;
  private long right;
  private double absoluteErrors;
  private double squaredErrors;

  public Score(OutputSettings settings) {
    this.settings = settings;
  }

  /** Compares a row with its label. A label that should be a number but is not is ignored. */
  public void add(Output output, int row, String label) {
    if (settings.classes().isEmpty()) {
      if (!Cell.isNumber(label)) {
        return;
      }
      double known = Double.parseDouble(label);
      if (!Double.isFinite(known)) {
        return; // beyond the range of a double
      }
      double error = output.row(row)[0] - known;
      absoluteErrors += Math.abs(error);
      squaredErrors += error * error;
    } else if (isClass(
        label, settings.classes().get(PredictionText.likeliest(settings, output, row)))) {
      right++;
    }
    rows++;
  }

  private static boolean isClass(String label, String name) {
    return TermName.of(label).equals(TermName.of(name));
  }

  /** Returns the output's name. */
  public String name() {
    return settings.name();
  }

  public long rows() {
    return rows;
  }

  /** Returns the share of rows whose likeliest class was correct. */
  public double accuracy() {
    return (double) right / rows;
  }

  /** Returns the metrics: {@code accuracy=0.9412}, or the mean errors if labels are numbers. */
  public String text() {
    return settings.classes().isEmpty()
        ? "mean_absolute_error=%s root_mean_squared_error=%s"
            .formatted(
                Figures.rounded(absoluteErrors / rows),
                Figures.rounded(Math.sqrt(squaredErrors / rows)))
        : String.format(Locale.ROOT, "accuracy=%.4f", accuracy());
  }
}
