package io.millrace.cli.scores;

import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.TextTable;
import io.millrace.client.Output;
import io.millrace.learning.features.TermName;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.model.OutputSettings.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The {@link Score} of an output whose label is one class. */
final class ClassScore implements Score {
  private final OutputSettings settings;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private long rows;
  private long right;

  ClassScore(OutputSettings settings) {
    this.settings = settings;
  }

  @Override
  public void add(Output output, int row, String label) {
    if (settings.label() == Label.NAMES) {
      return;
    }
    Tally known = tally(named(label));
    Tally answer = tally(settings.classes().get(PredictionText.likeliest(settings, output, row)));
    rows++;
    known.rows++;
    answer.answers++;
    if (known == answer) {
      known.right++;
      right++;
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Headline headline() {
    return new Headline("accuracy", share(right, rows), share(mostFrequent().rows, rows));
  }

  /**
   * Compares accuracies, and balanced accuracies as well: weights of rare classes give up the first
   * for the second.
   */
  @Override
  public boolean isBetterThanBaseline() {
    return rows > 0 && (isMoreOftenRight() || isMoreBalanced());
  }

  @Override
  public List<String> lines() {
    Headline headline = headline();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: right on %s of %s rows; balanced accuracy %s"
            .formatted(
                settings.name(),
                percent(headline.value()),
                Figures.count(rows),
                decimal(balancedAccuracy())));
    lines.add(
        "baseline: always %s, the most frequent label of these rows, is right on %s; balanced"
                .formatted(mostFrequent().name, percent(headline.baseline()))
            + " accuracy "
            + decimal(1.0 / labels().size()));
    if (!isBetterThanBaseline()) {
      lines.add("the model is no better than this baseline");
    }
    return lines;
  }

  @Override
  public List<String> details(int most) {
    List<Tally> worstFirst =
        tallies.values().stream()
            .sorted(Comparator.comparingDouble(Tally::recall).thenComparing(tally -> -tally.rows))
            .toList();
    TextTable table = new TextTable("CLASS", "ROWS", "PRECISION", "RECALL");
    worstFirst.stream()
        .limit(most)
        .forEach(
            tally ->
                table.row(
                    tally.name,
                    Figures.count(tally.rows),
                    share(tally.precision()),
                    share(tally.recall())));
    List<String> lines = new ArrayList<>(table.lines());
    if (worstFirst.size() > most) {
      lines.add(
          "and %d others with a recall of %s or more"
              .formatted(worstFirst.size() - most, share(worstFirst.get(most).recall())));
    }
    return lines;
  }

  @Override
  public String text(String prefix) {
    Headline headline = headline();
    return "%1$saccuracy=%2$s %1$sbalanced_accuracy=%3$s %1$sbaseline=%4$s"
        .formatted(
            prefix,
            decimal(headline.value()),
            decimal(balancedAccuracy()),
            decimal(headline.baseline()));
  }

  /** Returns the mean of the recalls of the classes that occur among the labels. */
  double balancedAccuracy() {
    return meanOverLabels(Tally::recall);
  }

  /**
   * Compares row by row: the two differ on rows of other classes that the model knows, and on rows
   * of the most frequent class that it does not.
   */
  private boolean isMoreOftenRight() {
    Tally frequent = mostFrequent();
    double gained = right - frequent.right;
    double lost = frequent.rows - frequent.right;
    return gained - lost > SIGNIFICANCE * Math.sqrt(gained + lost);
  }

  private boolean isMoreBalanced() {
    double classes = labels().size();
    double variance = meanOverLabels(Tally::variance) / classes;
    return balancedAccuracy() - 1 / classes > SIGNIFICANCE * Math.sqrt(variance);
  }

  private double meanOverLabels(ToDoubleFunction<Tally> value) {
    return labels().stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  /** Returns the classes that occur among the labels. */
  private List<Tally> labels() {
    return tallies.values().stream().filter(tally -> tally.rows > 0).toList();
  }

  private Tally mostFrequent() {
    return tallies.values().stream()
        .max(Comparator.comparing(tally -> tally.rows))
        .orElseGet(() -> new Tally(""));
  }

  /** Returns the class that a label names, by its name or by its index. */
  private String named(String label) {
    boolean isIndex = settings.label() == Label.INDEX && label.matches("\\d{1,9}");
    int index = isIndex ? Integer.parseInt(label) : -1;
    return index >= 0 && index < settings.classes().size() ? settings.classes().get(index) : label;
  }

  private Tally tally(String name) {
    return tallies.computeIfAbsent(TermName.of(name), key -> new Tally(name));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  /** The rows of one class. */
  private static final class Tally {
    private final String name;
    private long rows;
    private long answers;
    private long right;

    Tally(String name) {
      this.name = name;
    }

    double recall() {
      return share(right, rows);
    }

    double precision() {
      return share(right, answers);
    }

    /**
     * The variance of the recall, with a right and a wrong row more, since few rows prove little.
     */
    double variance() {
      double recall = (right + 1.0) / (rows + 2.0);
      return recall * (1 - recall) / rows;
    }
  }
}
