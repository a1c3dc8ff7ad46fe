package io.millrace.cli.scores;

import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.TextTable;
import io.millrace.client.Output;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a model has answered for rows without labels. Confined to one thread. */
public final class Answers {
  private static final int LISTED = 20;

  private final OutputSettings settings;
  private final long[] byClass;
  private final DoubleSummaryStatistics numbers = new DoubleSummaryStatistics();

  public Answers(OutputSettings settings) {
    this.settings = settings;
    this.byClass = new long[settings.classes().size()];
  }

  public void add(Output output, int row) {
    if (byClass.length > 0) {
      byClass[PredictionText.likeliest(settings, output, row)]++;
    } else {
      numbers.accept(output.row(row)[0]);
    }
  }

  /** Returns how often each class was answered, or the range of the numbers. */
  public List<String> lines() {
    return byClass.length > 0 ? classes() : List.of(range());
  }

  private List<String> classes() {
    TextTable table = new TextTable("ANSWER", "ROWS", "SHARE");
    long rows = Arrays.stream(byClass).sum();
    List<Integer> answered =
        IntStream.range(0, byClass.length)
            .filter(index -> byClass[index] > 0)
            .boxed()
            .sorted(Comparator.comparing(index -> -byClass[index]))
            .toList();
    answered.stream()
        .limit(LISTED)
        .forEach(
            index ->
                table.row(
                    settings.classes().get(index),
                    Figures.count(byClass[index]),
                    String.format(Locale.ROOT, "%.1f %%", 100.0 * byClass[index] / rows)));
    List<String> lines = new ArrayList<>(table.lines());
    if (answered.size() > LISTED) {
      lines.add("and " + (answered.size() - LISTED) + " others");
    }
    return lines;
  }

  private String range() {
    return "%s: from %s to %s, %s on average"
        .formatted(
            settings.name(),
            Figures.plain(numbers.getMin()),
            Figures.plain(numbers.getMax()),
            Figures.plain(numbers.getAverage()));
  }
}
