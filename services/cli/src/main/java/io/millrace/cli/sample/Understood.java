package io.millrace.cli.sample;

import io.millrace.cli.sample.ColumnSample.Slip;
import io.millrace.cli.tables.Quoted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** What was understood of data, on one screen of 80 columns. */
public final class Understood {
  private static final String ROW = "%-11s %s";
  private static final String MARGIN = " ".repeat(12);
  private static final int WIDTH = 80 - 12;
  private static final int MOST_CLASSES = 8;
  private static final int MOST_LINES = 3;
  private static final int MOST_REASONS = 4;
  private static final int LONGEST_VALUE = 20;

  private final Analysis analysis;
  private final List<String> lines = new ArrayList<>();

  private Understood(Analysis analysis) {
    this.analysis = analysis;
  }

  /**
   * Returns the lines.
   *
   * @param source what was looked at, in words
   * @param remarks what was understood of the file, in sentences
   */
  public static List<String> lines(Analysis analysis, String source, List<String> remarks) {
    Understood screen = new Understood(analysis);
    DataSample sample = analysis.sample();
    screen.lines.add(
        Plain.formatted(
            "%s: %s, %s",
            source,
            Plain.count(sample.rows() + sample.misshapen(), "row"),
            Plain.count(sample.names().size(), "column")));
    remarks.forEach(remark -> screen.row("", remark));
    screen.label();
    screen.columns("numbers", ColumnKind.NUMBER);
    screen.columns("categories", ColumnKind.BOOLEAN, ColumnKind.CATEGORY);
    screen.columns("dates", ColumnKind.DATE);
    screen.columns("texts", ColumnKind.TEXT);
    screen.columns("lists", ColumnKind.VECTOR);
    screen.leftOut();
    screen.unusable();
    screen.warnings();
    screen.network();
    return screen.lines;
  }

  private void label() {
    Label label = analysis.label();
    long values = label.column().values();
    String kind =
        label.isClasses()
            ? "%d classes: %s".formatted(label.classes().size(), shares(label, values))
            : "a number, %s to %s"
                .formatted(
                    Plain.number(label.column().numbers().least()),
                    Plain.number(label.column().numbers().most()));
    row("label", "%s, %s".formatted(shown(label.name()), kind));
    row("", "--label COLUMN learns another one");
  }

  private static String shares(Label label, long values) {
    List<String> shares =
        label.classes().stream()
            .sorted(Comparator.comparing(label::rows).reversed())
            .limit(MOST_CLASSES)
            .map(name -> shown(name) + " " + Plain.share(label.rows(name), values))
            .toList();
    int more = label.classes().size() - shares.size();
    return String.join(", ", shares) + (more > 0 ? ", %d more".formatted(more) : "");
  }

  private void columns(String title, ColumnKind... kinds) {
    List<FeatureGuess> features = analysis.used(kinds);
    if (!features.isEmpty()) {
      list(
          title,
          features.size() + ": ",
          features.stream().map(feature -> shown(feature.name()) + note(feature)).toList());
    }
  }

  private static String note(FeatureGuess feature) {
    ColumnSample column = feature.column();
    String missing =
        column.missing() == 0
            ? ""
            : "%s missing".formatted(Plain.share(column.missing(), column.rows()));
    String names = feature.kind() == ColumnKind.CATEGORY ? column.counts().size() + " names" : "";
    String log = feature.options().contains("log1p") ? "logarithm" : "";
    String notes =
        String.join(", ", List.of(names, log, missing).stream().filter(n -> !n.isEmpty()).toList());
    return notes.isEmpty() ? "" : " (" + notes + ")";
  }

  private void leftOut() {
    List<FeatureGuess> out = analysis.leftOut();
    if (!out.isEmpty()) {
      list(
          "left out",
          out.size() + ": ",
          out.stream()
              .map(feature -> "%s (%s)".formatted(shown(feature.name()), shown(feature.comment())))
              .toList());
    }
  }

  private void unusable() {
    DataSample sample = analysis.sample();
    long unusable = sample.rows() - analysis.usableRows() + sample.misshapen();
    if (unusable == 0) {
      return;
    }
    long all = sample.rows() + sample.misshapen();
    row(
        "unusable",
        Plain.formatted(
            "%s of %,d (%s): each becomes a dead letter, the rest trains",
            Plain.count(unusable, "row"), all, Plain.share(unusable, all)));
    List<String> reasons = reasons();
    reasons.stream().limit(MOST_REASONS).forEach(reason -> row("", reason));
    if (reasons.size() > MOST_REASONS) {
      row("", "and for %d more reasons".formatted(reasons.size() - MOST_REASONS));
    }
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    Label label = analysis.label();
    if (analysis.sample().misshapen() > 0) {
      reasons.add(
          Plain.count(analysis.sample().misshapen(), "row") + " without the form of the others");
    }
    if (label.column().missing() > 0) {
      reasons.add(
          "%s without %s".formatted(Plain.count(label.column().missing(), "row"), label.name()));
    }
    if (!label.isClasses()) {
      addUnreadable(reasons, label.column());
    }
    analysis.features().stream()
        .filter(FeatureGuess::isUsed)
        .forEach(feature -> addUnreadable(reasons, feature.column()));
    return reasons;
  }

  private static void addUnreadable(List<String> reasons, ColumnSample column) {
    BitSet rows = (BitSet) Analysis.unreadable(column).clone();
    Slip first = column.firstSlip();
    if (!rows.isEmpty()) {
      String kind = column.kind() == ColumnKind.DATE ? "date" : "number";
      String where =
          column.kind() == ColumnKind.NUMBER && first != null
              ? ", line %d: %s".formatted(first.line(), Quoted.of(shown(first.value())))
              : "";
      reasons.add(
          "%s whose %s is no %s%s"
              .formatted(
                  Plain.count(rows.cardinality(), "row"), shown(column.name()), kind, where));
    }
  }

  private void warnings() {
    for (ColumnSample copy : analysis.copies()) {
      row(
          "warning",
          "%s says what %s says: take it out of the inputs unless it is known before"
              .formatted(shown(copy.name()), shown(analysis.label().name())));
    }
    if (RowOrder.isSorted(analysis.label())) {
      row(
          "warning",
          "the rows are in the order of %s: send them shuffled, or several times"
              .formatted(shown(analysis.label().name())));
    }
    List<String> rare = analysis.label().barelyKnown();
    if (!rare.isEmpty()) {
      list(
          "warning",
          "too few rows to learn from: ",
          rare.stream()
              .map(name -> shown(name) + " (" + analysis.label().rows(name) + ")")
              .toList());
    }
    analysis
        .label()
        .weights()
        .ifPresent(weights -> row("rare", "rows of rare classes count more (class_weight)"));
  }

  private void network() {
    row("network", NetworkText.of(analysis));
  }

  private void list(String title, String count, List<String> items) {
    StringBuilder text = new StringBuilder(count);
    int shown = 0;
    int room = MOST_LINES * WIDTH - " and 1000 more".length() - WIDTH / 3; // lines end early
    while (shown < items.size() && text.length() + items.get(shown).length() <= room) {
      text.append(shown == 0 ? "" : ", ").append(items.get(shown++));
    }
    int more = items.size() - shown;
    row(title, text + (more > 0 ? " and %,d more".formatted(more) : ""));
  }

  private void row(String title, String text) {
    String begin = ROW.formatted(title, "");
    for (String line : wrapped(text)) {
      lines.add((begin + line).stripTrailing());
      begin = MARGIN;
    }
  }

  private static List<String> wrapped(String text) {
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        wrapped.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    wrapped.add(line.toString());
    return wrapped;
  }

  /** Long names and values are cut: the screen is for a glance. */
  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 2 * LONGEST_VALUE
        ? line
        : line.substring(0, 2 * LONGEST_VALUE - 3) + "...";
  }
}
