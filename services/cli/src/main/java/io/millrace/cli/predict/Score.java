package io.millrace.cli.predict;

import io.millrace.cli.produce.Cell;
import io.millrace.cli.terminal.Figures;
import io.millrace.client.Output;
import io.millrace.learning.features.TermName;
import io.millrace.learning.model.OutputSettings;
import java.util.Locale;

/**
 * How right the predictions of one output are, over all rows whose label is known. Confined to one
 * thread.
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

  /** Compares a row with its label; a number that is none is not known. */
  public void add(Output output, int row, String label) {
    if (settings.classes().isEmpty()) {
      if (!Cell.isNumber(label)) {
        return;
      }
      double known = Double.parseDouble(label);
      if (!Double.isFinite(known)) {
        return; // digits beyond what a double holds
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

  /** Returns the share of rows whose likeliest class was right. */
  public double accuracy() {
    return (double) right / rows;
  }

  /**
   * Returns the metrics as {@code accuracy=0.9412}, or the mean errors where labels are numbers.
   */
  public String text() {
    return settings.classes().isEmpty()
        ? "mean_absolute_error=%s root_mean_squared_error=%s"
            .formatted(
                Figures.rounded(absoluteErrors / rows),
                Figures.rounded(Math.sqrt(squaredErrors / rows)))
        : String.format(Locale.ROOT, "accuracy=%.4f", accuracy());
  }
}
