package io.millrace.cli.predict;

import io.millrace.cli.tables.Table;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Predicts the rows of a file, many per call. Prints one line per row, and a last line with the
 * counts and the scores. Confined to one thread.
 */
public final class FilePredictions {
  private static final int ROWS_PER_CALL = 256;

  private final String model;
  private final ModelDefinition definition;
  private final PredictorClient client;
  private final PrintStream out;
  private final List<Score> scores;
  private final Set<String> versions = new LinkedHashSet<>();
  private final List<Pending> pending = new ArrayList<>();
  private Features features;
  private long predicted;
  private long skipped;

  public FilePredictions(
      String model, ModelDefinition definition, PredictorClient client, PrintStream out) {
    this.model = model;
    this.definition = definition;
    this.client = client;
    this.out = out;
    this.scores = definition.outputs().stream().map(Score::new).toList();
    this.features = new Features(definition);
  }

  /**
   * Predicts every row.
   *
   * @return whether no row was skipped
   */
  public boolean run(Table table) throws IOException {
    for (long row = 1; table.hasNext(); row++) {
      add(new Pending(row, table.columns(), table.next().cells()));
      if (features.rows() == ROWS_PER_CALL) {
        ask();
      }
    }
    ask();
    out.println(summary());
    out.flush();
    return skipped == 0;
  }

  private void add(Pending row) throws IOException {
    List<String> problems = features.add(row::texts);
    if (problems.isEmpty()) {
      pending.add(row);
    } else {
      ask(); // keeps the lines in the order of the rows
      skipped++;
      out.println("row " + row.number() + ": skipped: " + String.join("; ", problems));
    }
  }

  private void ask() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    Prediction prediction = client.predict(features.requestTo(model));
    versions.add(prediction.version());
    for (int i = 0; i < pending.size(); i++) {
      print(pending.get(i), i, prediction);
    }
    predicted += pending.size();
    pending.clear();
    features = new Features(definition);
  }

  private void print(Pending row, int index, Prediction prediction) {
    StringBuilder line = new StringBuilder("row " + row.number());
    for (int o = 0; o < scores.size(); o++) {
      OutputSettings settings = definition.outputs().get(o);
      Output output = prediction.output(settings.name());
      line.append(o == 0 ? ": " : ", ").append(settings.name()).append(' ');
      line.append(PredictionText.brief(settings, output, index));
      if (row.hasLabel(settings)) {
        scores.get(o).add(output, index, row.label(settings));
        line.append(", labelled ").append(row.label(settings));
      }
    }
    out.println(line);
  }

  private String summary() {
    StringBuilder text = new StringBuilder("predicted=" + predicted);
    text.append(" skipped=").append(skipped);
    text.append(" version=").append(String.join(",", versions));
    List<Score> known = scores.stream().filter(score -> score.rows() > 0).toList();
    for (Score score : known) {
      text.append(' ').append(known.size() == 1 ? "" : score.name() + ".").append(score.text());
    }
    return text.toString();
  }

  /** A row that waits for the next call. */
  private record Pending(long number, List<String> header, List<String> cells) {

    List<String> texts(String field) {
      int column = header.indexOf(field);
      String text = column >= 0 && column < cells.size() ? cells.get(column).strip() : "";
      return text.isEmpty() ? List.of() : List.of(text);
    }

    boolean hasLabel(OutputSettings output) {
      return !label(output).isEmpty();
    }

    String label(OutputSettings output) {
      return texts(output.field()).stream().collect(Collectors.joining());
    }
  }
}
