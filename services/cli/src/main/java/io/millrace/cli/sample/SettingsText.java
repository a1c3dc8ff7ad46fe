package io.millrace.cli.sample;

import io.millrace.cli.sample.FeatureLines.Line;
import io.millrace.cli.tables.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what was understood of a file or topic as commented settings. */
public final class SettingsText {
  private static final String BY_KEY =
      "key                   # a row stays on its side, also when it comes again";
  private static final String BY_OFFSET =
      "offset                # key, where records with one key belong together or come again";

  private final Analysis analysis;
  private final Source source;
  private final LearningGuess learning;
  private final StringBuilder yaml = new StringBuilder();

  /**
   * Where the rows are from, and where they go.
   *
   * @param name of what was looked at, in words
   * @param fileLines the section {@code file} of the settings; empty where it is not needed
   * @param isFile whether the rows are a file's, which come in passes; otherwise a stream's
   * @param holdoutByKey whether records are held out by key; otherwise by offset
   */
  public record Source(
      String name,
      String model,
      String topic,
      String bootstrapServers,
      List<String> fileLines,
      boolean isFile,
      boolean holdoutByKey) {
    public Source {
      fileLines = List.copyOf(fileLines);
    }
  }

  private SettingsText(Analysis analysis, Source source, LearningGuess learning) {
    this.analysis = analysis;
    this.source = source;
    this.learning = learning;
  }

  /** Returns the settings as YAML. */
  public static String of(Analysis analysis, Source source) {
    return of(analysis, source, LearningGuess.of(analysis));
  }

  static String of(Analysis analysis, Source source, LearningGuess learning) {
    return new SettingsText(analysis, source, learning).text();
  }

  private String text() {
    line(
        "# Written by `millrace init` from %d rows of %s. A beginning: look it through.",
        analysis.sample().rows(), source.name());
    line("model: %s", source.model());
    line("");
    line("kafka:");
    line("  bootstrap_servers: %s", source.bootstrapServers());
    line("");
    line("records:");
    line("  topic: %s", source.topic());
    line("  format: json                      # one JSON object a record, fields by name");
    line("");
    if (!source.fileLines().isEmpty()) {
      source.fileLines().forEach(each -> yaml.append(each).append('\n'));
      line("");
    }
    inputs();
    output();
    network();
    training();
    validation();
    callbacks();
    line("checkpoints:");
    line("  topic: %s.checkpoints", source.model());
    return yaml.toString();
  }

  private void inputs() {
    line("inputs:");
    List<Line> plain = FeatureLines.plain(analysis);
    if (!plain.isEmpty()) {
      line("  features:                         # what the network sees of the fields, in order");
      line("    features:");
      plain.forEach(each -> each.lines("      - ").forEach(text -> line("%s", text)));
    }
    List<Line> texts = FeatureLines.texts(analysis);
    for (int i = 0; i < texts.size(); i++) {
      line("  words_%d:                          # numbers of words, for an embedding", i + 1);
      line("    features:");
      texts.get(i).lines("      - ").forEach(text -> line("%s", text));
    }
    for (FeatureGuess out : analysis.leftOut()) {
      line("  # left out: %s (%s)", Quoted.of(out.name()), oneLine(out.comment()));
    }
    line("");
  }

  private void output() {
    Label label = analysis.label();
    line("outputs:");
    line("  %s:", outputName());
    line("    field: %s", Quoted.of(label.name()));
    if (label.isClasses()) {
      line("    classes: %s", Quoted.list(label.classes()));
      label.weights().ifPresent(this::classWeights);
    } else {
      line(
          "    target_scaling: %-9s         # a number, from %s to %s",
          label.spansDecades() ? "log" : "standard",
          Plain.number(label.column().numbers().least()),
          Plain.number(label.column().numbers().most()));
    }
    int unlabelled = analysis.unlabelled().cardinality();
    if (unlabelled > 0) {
      line("    # %s without it: dead letters", Plain.count(unlabelled, "row"));
    }
    line("");
  }

  private void classWeights(List<Double> weights) {
    line("    loss:                             # some classes are rare: their rows count more");
    line("      type: sparse_categorical_crossentropy");
    line("      class_weight: %s", weights);
  }

  private void network() {
    line("network:");
    line("  layers:                           # Keras' names and defaults");
    List<FeatureGuess> texts = analysis.used(ColumnKind.TEXT);
    List<String> parts = new ArrayList<>();
    if (!FeatureLines.plain(analysis).isEmpty()) {
      parts.add("features");
    }
    for (int i = 1; i <= texts.size(); i++) {
      line(
          "    - {type: embedding, name: embedding_%d, input_dim: %d, output_dim: %d, inputs: [words_%d]}",
          i, texts.get(i - 1).vocabulary() + 2, LearningGuess.EMBEDDING, i);
      line("    - {type: global_average_pooling1d, name: mean_%d}", i);
      parts.add("mean_" + i);
    }
    if (!texts.isEmpty() && parts.size() > 1) {
      line("    - {type: concatenate, inputs: [%s]}", String.join(", ", parts));
    }
    learning
        .units()
        .forEach(each -> line("    - {type: dense, units: %d, activation: relu}", each));
    if (learning.dropout() > 0) {
      line("    - {type: dropout, rate: %s}", learning.dropout());
    }
    if (analysis.label().isClasses()) {
      line(
          "    - {type: dense, units: %d, activation: softmax}   # one unit a class",
          analysis.label().classes().size());
    } else {
      line("    - {type: dense, units: 1}");
    }
    line("");
  }

  private void training() {
    line("training:");
    line("  batch_size: %d", learning.batchSize());
    line("  optimizer: {type: adam, learning_rate: %s}", learning.learningRate());
    line("");
  }

  private void validation() {
    line("validation:");
    line(
        "  holdout: %-4s                     # this share of the records judges, and never trains",
        learning.holdout());
    line("  holdout_by: %s", source.holdoutByKey() ? BY_KEY : BY_OFFSET);
    line(
        "  window: %-6d                    # the newest of them%s",
        learning.window(), source.isFile() ? ": all of the file's" : "");
    line("  min_window: %d", Math.max(5, learning.window() / 3));
    line("  evaluate_every: %-6d            # records trained", learning.evaluateEvery());
    line("");
  }

  private void callbacks() {
    if (!source.isFile()) {
      return; // a stream goes on
    }
    line("callbacks:                            # patience: evaluations without improvement");
    line(
        "  early_stopping: {patience: %d, significance: %d}",
        learning.patience(), learning.significance());
    line("  reduce_lr_on_plateau: {patience: %d}", learning.reduceAfter());
    line("");
  }

  private String outputName() {
    String name = analysis.label().name().replaceAll("[^A-Za-z0-9_]", "_");
    boolean taken = name.isEmpty() || name.equals("features") || name.matches("words_\\d+");
    return Optional.of(name).filter(each -> !taken).orElse("output");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private void line(String format, Object... arguments) {
    yaml.append(arguments.length == 0 ? format : Plain.formatted(format, arguments)).append('\n');
  }
}
