package io.millrace.cli.sample;

import io.millrace.cli.tables.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The column that is learned, as classes or as a number.
 *
 * <p>Names are classes. Whole numbers are classes where there are few, each in several rows.
 */
record Label(ColumnSample column) {
  private static final int MOST_CLASSES = 100;
  private static final int MOST_WHOLE_CLASSES = 20;
  private static final int FEW_WHOLE_CLASSES = 7;
  private static final int ROWS_A_CLASS = 3;

  /** The share of the rows of the rarest class to the commonest below which it is weighted. */
  private static final double RARE = 1 / 20.0;

  private static final double MOST_WEIGHT = 10;

  String name() {
    return column.name();
  }

  boolean isClasses() {
    return isClasses(column);
  }

  List<String> classes() {
    return isClasses() ? column.distinct() : List.of();
  }

  /**
   * Returns whether the numbers are positive and span decades, so that their logarithm is learned.
   */
  boolean spansDecades() {
    return !isClasses() && column.numbers().spanDecades();
  }

  /** Returns the names of classes of one or two rows. */
  List<String> barelyKnown() {
    return classes().stream().filter(name -> rows(name) <= 2).toList();
  }

  long rows(String name) {
    return column.counts().getOrDefault(name, 0L);
  }

  /**
   * Returns how much the rows of each class count, if one is so rare that it would hardly be
   * learned.
   *
   * <p>Weights are the square roots of how much rarer a class is than the commonest: equal weight
   * would pay for the rare class with most of the common one.
   */
  Optional<List<Double>> weights() {
    List<Long> rows = classes().stream().map(this::rows).toList();
    long most = rows.stream().mapToLong(Long::longValue).max().orElse(0);
    boolean rare = rows.stream().anyMatch(count -> count < RARE * most);
    return rare
        ? Optional.of(rows.stream().map(count -> weight(most, count)).toList())
        : Optional.empty();
  }

  private static double weight(long most, long rows) {
    double weight = Math.min(MOST_WEIGHT, Math.sqrt((double) most / rows));
    return Math.round(weight * 100) / 100.0;
  }

  /** Returns whether the values are names, and not numbers. */
  static boolean isNamed(ColumnSample column) {
    ColumnKind kind = column.kind();
    return kind == ColumnKind.CATEGORY || kind == ColumnKind.BOOLEAN;
  }

  static boolean isClasses(ColumnSample column) {
    if (isNamed(column)) {
      return true;
    }
    Map<String, Long> counts = column.counts();
    return column.numbers().areWhole()
        && column.numbers().count() == column.values()
        && counts.size() <= MOST_WHOLE_CLASSES
        && column.values() >= (long) ROWS_A_CLASS * counts.size()
        && (counts.size() <= FEW_WHOLE_CLASSES
            || counts.values().stream().allMatch(count -> count >= ROWS_A_CLASS));
  }

  /** Returns why a column cannot be the label; empty if it can. */
  static Optional<String> problem(ColumnSample column) {
    return switch (column.kind()) {
      case EMPTY -> Optional.of("has no value in any row");
      case CONSTANT -> Optional.of(alwaysOne(column) + " in every row: there is nothing to learn");
      case IDENTIFIER -> Optional.of("has another value in nearly every row");
      case DATE -> Optional.of("holds dates, and only classes and numbers can be learned");
      case TEXT -> Optional.of("holds texts, and only classes and numbers can be learned");
      case VECTOR -> Optional.of("holds lists, and only classes and numbers can be learned");
      case BOOLEAN, CATEGORY -> problemOfNames(column);
      case NUMBER -> Optional.empty();
    };
  }

  private static Optional<String> problemOfNames(ColumnSample column) {
    int names = column.counts().size();
    if (names == 1) {
      return Optional.of(
          alwaysOne(column)
              + " where it has a value, and %s have none: one class is nothing to learn"
                  .formatted(Plain.count(column.missing(), "row")));
    }
    if (names > MOST_CLASSES) {
      return Optional.of(
          "has %s%,d names, and a model learns %d at most"
              .formatted(column.hasManyNames() ? "over " : "", names, MOST_CLASSES));
    }
    return 2L * names > column.values() && column.values() >= ROWS_A_CLASS * 2
        ? Optional.of(
            "has %d names in %s: too few rows a name to learn from"
                .formatted(names, Plain.count(column.values(), "row")))
        : Optional.empty();
  }

  private static String alwaysOne(ColumnSample column) {
    return "is " + Quoted.of(column.distinct().get(0));
  }
}
