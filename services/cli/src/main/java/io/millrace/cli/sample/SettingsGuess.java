package io.millrace.cli.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a commented settings file for sampled data, as a starting point. */
public final class SettingsGuess {
  private static final int MOST_CLASSES = 100;
  private static final int MOST_WHOLE_CLASSES = 20;
  private static final int EMBEDDING_WIDTH = 16;

  private static final String BY_KEY =
      "key                   # records of one key stay on their side, also when they come again";
  private static final String BY_OFFSET =
      "offset                # key, where records with one key belong together or come again";

  private final DataSample sample;
  private final ColumnSample label;
  private final Map<ColumnSample, FeatureGuess> features = new LinkedHashMap<>();
  private final StringBuilder yaml = new StringBuilder();

  /**
   * @param asked the label's column; null to guess it
   */
  public SettingsGuess(DataSample sample, @Nullable String asked) {
    this.sample = sample;
    this.label = sample.label(asked);
    for (ColumnSample column : sample.columns()) {
      if (column != label) {
        features.put(column, FeatureGuess.of(column));
      }
    }
  }

  /**
   * Returns the settings as YAML.
   *
   * @param model the model's name
   * @param source what was sampled, in words
   * @param holdoutByKey whether records are held out by key; otherwise by offset
   */
  public String yaml(
      String model, String topic, String bootstrapServers, String source, boolean holdoutByKey) {
    line(
        "# Written by `millrace init` from %d rows of %s. A beginning: look it through.",
        sample.rows(), source);
    line("model: %s", model);
    line("");
    line("kafka:");
    line("  bootstrap_servers: %s", bootstrapServers);
    line("");
    line("records:");
    line("  topic: %s", topic);
    line("  format: json                      # one JSON object a record, fields by name");
    line("");
    inputs();
    outputs();
    network();
    rest(model, holdoutByKey);
    return yaml.toString();
  }

  private void inputs() {
    line("inputs:");
    List<String> columns = lines(false);
    if (!columns.isEmpty()) {
      line("  features:                         # what the network sees of the fields, in order");
      line("    features:");
      columns.forEach(each -> line("      - %s", each));
    }
    List<String> texts = lines(true);
    for (int i = 0; i < texts.size(); i++) {
      line("  words_%d:                          # numbers of words, for an embedding", i + 1);
      line("    features:");
      line("      - %s", texts.get(i));
    }
    features.forEach(
        (column, guess) -> {
          if (guess.yaml() == null) {
            line("  # left out: %s (%s)", FeatureGuess.quoted(column.name()), guess.comment());
          }
        });
    line("");
  }

  private List<String> lines(boolean texts) {
    List<String> lines = new ArrayList<>();
    for (FeatureGuess guess : features.values()) {
      if (guess.yaml() != null && guess.isText() == texts) {
        lines.add(guess.yaml() + "   # " + guess.comment());
      }
    }
    return lines;
  }

  private void outputs() {
    line("outputs:");
    line("  %s:", outputName());
    line("    field: %s", FeatureGuess.quoted(label.name()));
    if (isClassification()) {
      String classes =
          label.distinct().stream().map(FeatureGuess::quoted).collect(Collectors.joining(", "));
      line("    classes: [%s]", classes);
    } else {
      line("    # a number, from %s to %s", label.least(), label.most());
    }
    if (label.missing() > 0) {
      line("    # %d rows have none: they become dead letters", label.missing());
    }
    line("");
  }

  private void network() {
    int width = 0;
    int texts = 0;
    for (FeatureGuess guess : features.values()) {
      width += guess.yaml() == null || guess.isText() ? 0 : guess.width();
      texts += guess.isText() ? 1 : 0;
    }
    line("network:");
    line("  layers:                           # Keras' names and defaults");
    List<String> parts = new ArrayList<>(width == 0 ? List.of() : List.of("features"));
    for (int i = 1; i <= texts; i++) {
      line(
          "    - {type: embedding, name: embedding_%d, input_dim: %d, output_dim: %d, inputs: [words_%d]}",
          i, FeatureGuess.WORDS + 2, EMBEDDING_WIDTH, i);
      line("    - {type: global_average_pooling1d, name: mean_%d}", i);
      parts.add("mean_" + i);
      width += EMBEDDING_WIDTH;
    }
    if (texts > 0 && parts.size() > 1) {
      line("    - {type: concatenate, inputs: [%s]}", String.join(", ", parts));
    }
    int units = Math.max(16, Math.min(128, Integer.highestOneBit(Math.max(1, width)) * 4));
    line("    - {type: dense, units: %d, activation: relu}", units);
    line("    - {type: dense, units: %d, activation: relu}", units / 2);
    if (isClassification()) {
      line(
          "    - {type: dense, units: %d, activation: softmax}   # one unit a class",
          label.distinct().size());
    } else {
      line("    - {type: dense, units: 1}");
    }
    line("");
  }

  private void rest(String model, boolean holdoutByKey) {
    long window = Math.max(20, Math.min(2000, sample.rows() / 5));
    line("validation:");
    line("  holdout: 0.1                      # a tenth of the records judges, and never trains");
    line("  holdout_by: %s", holdoutByKey ? BY_KEY : BY_OFFSET);
    line("  window: %d                        # the newest of them", window);
    line("  min_window: %d", Math.max(10, window / 10));
    line(
        "  evaluate_every: %d                # records trained",
        Math.max(100, Math.min(1600, sample.rows() / 2)));
    line("");
    line("checkpoints:");
    line("  topic: %s.checkpoints", model);
  }

  private boolean isClassification() {
    int most = label.isNumeric() ? MOST_WHOLE_CLASSES : MOST_CLASSES;
    int classes = label.distinct().size();
    return classes >= 2 && classes <= most && (!label.isNumeric() || label.isWhole());
  }

  private String outputName() {
    String name = label.name().replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || name.equals("features") ? "output" : name;
  }

  private void line(String format, Object... arguments) {
    yaml.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    yaml.append('\n');
  }
}
