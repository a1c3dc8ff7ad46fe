package io.millrace.cli.predict;

import io.millrace.cli.scores.Answers;
import io.millrace.cli.scores.Score;
import io.millrace.cli.terminal.Figures;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What became of a file's rows: how right the answers are, and what was skipped. */
public final class FileSummary implements RowListener {
  private static final int NAMED = 10;
  private static final int CLASSES = 20;

  private final List<OutputSettings> outputs;
  private final List<Score> scores;
  private final List<Answers> answers;
  private final Set<String> versions = new LinkedHashSet<>();
  private final List<String> named = new ArrayList<>();
  private long predicted;
  private long skipped;

  public FileSummary(ModelDefinition definition) {
    this.outputs = definition.outputs();
    this.scores = outputs.stream().map(Score::of).toList();
    this.answers = outputs.stream().map(Answers::new).toList();
  }

  @Override
  public void predicted(FileRow row, Prediction prediction, int index) {
    predicted++;
    versions.add(prediction.version());
    for (int i = 0; i < outputs.size(); i++) {
      Output output = prediction.output(outputs.get(i).name());
      String label = row.label(outputs.get(i));
      answers.get(i).add(output, index);
      if (!label.isEmpty()) {
        scores.get(i).add(output, index, label);
      }
    }
  }

  @Override
  public void skipped(FileRow row, List<String> problems) {
    skipped++;
    if (named.size() < NAMED) {
      named.add("  line " + row.line() + ": " + String.join("; ", problems));
    }
  }

  public long skipped() {
    return skipped;
  }

  public long predicted() {
    return predicted;
  }

  /** Returns the score of the first output. */
  public Score score() {
    return scores.get(0);
  }

  /** Returns whether any row had a label to compare with. */
  public boolean isScored() {
    return scores.stream().anyMatch(score -> score.rows() > 0);
  }

  /** Returns the summary for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s rows predicted by version %s, %s skipped"
            .formatted(
                Figures.count(predicted),
                versions.isEmpty() ? "-" : String.join(", ", versions),
                Figures.count(skipped)));
    for (int i = 0; i < outputs.size(); i++) {
      if (predicted > 0) {
        lines.add("");
        lines.addAll(scores.get(i).rows() > 0 ? scored(scores.get(i)) : answers.get(i).lines());
      }
    }
    lines.addAll(skippedLines());
    return lines;
  }

  private static List<String> scored(Score score) {
    List<String> lines = new ArrayList<>(score.lines());
    lines.add("");
    lines.addAll(score.details(CLASSES));
    return lines;
  }

  /** Returns the rows that were skipped, the first ones with the reasons. */
  public List<String> skippedLines() {
    List<String> lines = new ArrayList<>();
    if (skipped > 0) {
      lines.add("");
      lines.add("skipped:");
      lines.addAll(named);
    }
    if (skipped > named.size()) {
      lines.add("  and " + Figures.count(skipped - named.size()) + " others");
    }
    return lines;
  }

  /** Returns the summary for programs, on one line. */
  public String line() {
    StringBuilder text = new StringBuilder("predicted=" + predicted);
    text.append(" skipped=").append(skipped);
    text.append(" version=").append(String.join(",", versions));
    for (int i = 0; i < outputs.size(); i++) {
      if (scores.get(i).rows() > 0) {
        text.append(' ').append(scores.get(i).text(prefix(i)));
      }
    }
    return text.toString();
  }

  /** The scores of several outputs are told apart by the outputs' names. */
  private String prefix(int output) {
    long scored = scores.stream().filter(score -> score.rows() > 0).count();
    return scored == 1 ? "" : outputs.get(output).name() + ".";
  }
}
