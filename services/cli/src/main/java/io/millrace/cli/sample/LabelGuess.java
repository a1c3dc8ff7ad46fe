package io.millrace.cli.sample;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the column that is learned. Names decide first, whole ones before parts; then the columns'
 * order.
 */
final class LabelGuess {
  /** Names of nothing else. A constant column of that name is a mistake to tell. */
  private static final List<String> CERTAIN = List.of("target", "label");

  private static final List<String> NAMES =
      List.of(
          "target",
          "label",
          "outcome",
          "survived",
          "churn",
          "churned",
          "fraud",
          "fraudulent",
          "default",
          "defaulted",
          "diagnosis",
          "sentiment",
          "spam",
          "species",
          "class",
          "response");

  /** Names that features have as well: of several, the last column is meant. */
  private static final List<String> WEAK_NAMES =
      List.of("y", "quality", "category", "section", "price", "rating", "result");

  private static final int FEW = 20;

  private final List<ColumnSample> columns;
  private final List<ColumnSample> usable;

  private LabelGuess(List<ColumnSample> columns) {
    this.columns = columns;
    this.usable = columns.stream().filter(column -> Label.problem(column).isEmpty()).toList();
  }

  /**
   * Returns the label.
   *
   * @param asked the label's column; null to guess it
   * @throws CommandFailedException if there is nothing to learn, with the columns to choose from
   */
  static Label of(List<ColumnSample> columns, @Nullable String asked) {
    LabelGuess guess = new LabelGuess(columns);
    ColumnSample label = asked == null ? guess.guessed() : guess.asked(asked);
    Optional<String> problem = Label.problem(label);
    if (problem.isPresent()) {
      throw new CommandFailedException(
          "the label %s %s; %s".formatted(Quoted.of(label.name()), problem.get(), guess.choice()));
    }
    return new Label(label);
  }

  private ColumnSample asked(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new CommandFailedException("there is no column " + name + "; " + choice()));
  }

  private String choice() {
    List<String> names =
        usable.stream().limit(FEW).map(column -> Quoted.of(column.name())).toList();
    String more = usable.size() > FEW ? " and " + (usable.size() - FEW) + " more" : "";
    return names.isEmpty()
        ? "no other column can be learned either"
        : "name the column to learn by --label: " + String.join(", ", names) + more;
  }

  private ColumnSample guessed() {
    return certain()
        .or(this::named)
        .or(this::weaklyNamed)
        .or(this::partlyNamed)
        .or(this::byPosition)
        .orElse(columns.get(columns.size() - 1));
  }

  /** Returns a column whose name says that it is the label, usable or not. */
  private Optional<ColumnSample> certain() {
    return first(CERTAIN, columns);
  }

  private Optional<ColumnSample> named() {
    return first(NAMES, usable);
  }

  private static Optional<ColumnSample> first(List<String> names, List<ColumnSample> among) {
    return names.stream()
        .flatMap(name -> among.stream().filter(column -> column.words().is(name)))
        .findFirst();
  }

  /** Beside an x, a y is a coordinate, unless it is the last column. */
  private Optional<ColumnSample> weaklyNamed() {
    boolean coordinates = columns.stream().anyMatch(column -> column.words().is("x"));
    ColumnSample end = columns.get(columns.size() - 1);
    return last(
        column ->
            WEAK_NAMES.stream().anyMatch(column.words()::is)
                && !(coordinates && column.words().is("y") && column != end));
  }

  /** Returns a column such as {@code loan_default}: two classes before few, few before numbers. */
  private Optional<ColumnSample> partlyNamed() {
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(WEAK_NAMES);
    names.remove("y");
    Predicate<ColumnSample> partly =
        column ->
            column.words().endsWithOneOf(names)
                || CERTAIN.stream().anyMatch(column.words()::startsWith);
    return last(partly.and(LabelGuess::hasTwoValues))
        .or(() -> last(column -> column.words().startsWith("is") && hasTwoValues(column)))
        .or(() -> last(partly.and(LabelGuess::hasFewClasses)))
        .or(() -> last(partly));
  }

  /**
   * The label is mostly the last column; but of a file that begins with names, and has nothing but
   * small whole numbers behind them, it is the first one.
   */
  private Optional<ColumnSample> byPosition() {
    Optional<ColumnSample> end = last(column -> true);
    List<ColumnSample> names = usable.stream().filter(Label::isNamed).toList();
    boolean begins = names.size() == 1 && names.get(0) == columns.get(0);
    return begins && end.filter(LabelGuess::areSmallNumbers).isPresent()
        ? Optional.of(names.get(0))
        : end;
  }

  private Optional<ColumnSample> last(Predicate<ColumnSample> wanted) {
    return usable.stream().filter(wanted).reduce((first, second) -> second);
  }

  private static boolean hasTwoValues(ColumnSample column) {
    return column.counts().size() == 2;
  }

  private static boolean areSmallNumbers(ColumnSample column) {
    return column.numbers().areWhole() && column.counts().size() <= FEW;
  }

  private static boolean hasFewClasses(ColumnSample column) {
    return column.counts().size() <= FEW && Label.isClasses(column);
  }
}
