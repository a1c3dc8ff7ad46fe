package io.millrace.cli.predict;

import io.millrace.cli.scores.PredictionText;
import io.millrace.client.Prediction;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints one line per row.
 *
 * @param out where to
 */
public record PrintedRows(ModelDefinition definition, PrintStream out) implements RowListener {

  @Override
  public void predicted(FileRow row, Prediction prediction, int index) {
    StringBuilder line = new StringBuilder("line " + row.line());
    for (OutputSettings settings : definition.outputs()) {
      line.append(line.indexOf(":") < 0 ? ": " : ", ").append(settings.name()).append(' ');
      line.append(PredictionText.brief(settings, prediction.output(settings.name()), index));
      String label = row.label(settings);
      line.append(label.isEmpty() ? "" : ", labelled " + label);
    }
    out.println(line);
  }

  @Override
  public void skipped(FileRow row, List<String> problems) {
    out.println("line " + row.line() + ": skipped: " + String.join("; ", problems));
  }
}
