package io.millrace.cli.sample;

import io.millrace.cli.tables.Quoted;
import java.util.List;
import java.util.Map;

/**
 * The guess for one column: the options of its feature, or why it is left out.
 *
 * @param options the feature's options without its field, such as {@code type: number}; empty if
 *     the column is left out
 * @param comment what was seen, or why the column is left out, in words
 * @param width how many numbers the network sees; of a text: tokens
 * @param vocabulary how many words of a text are told apart; else 0
 */
record FeatureGuess(
    ColumnSample column,
    ColumnKind kind,
    String options,
    String comment,
    int width,
    int vocabulary) {
  private static final int LISTED = 100;
  private static final int LEARNED = 200;
  private static final int HASHED = 64;
  private static final int ENOUGH_ROWS = 100;
  private static final List<Integer> TOKENS = List.of(8, 16, 32, 64, 128, 256);
  private static final int MOST_WORDS = 20_000;

  static FeatureGuess of(ColumnSample column) {
    ColumnKind kind = column.kind();
    return switch (kind) {
      case NUMBER -> number(column);
      case DATE -> date(column);
      case TEXT -> text(column);
      case VECTOR -> vector(column);
      case BOOLEAN, CATEGORY -> category(column, kind);
      case IDENTIFIER -> leftOut(column, kind, "nearly every value is another");
      case CONSTANT -> leftOut(column, kind, "is always " + column.distinct().get(0));
      case EMPTY -> leftOut(column, kind, "has no values");
    };
  }

  boolean isUsed() {
    return !options.isEmpty();
  }

  String name() {
    return column.name();
  }

  private static FeatureGuess leftOut(ColumnSample column, ColumnKind kind, String why) {
    return new FeatureGuess(column, kind, "", why, 0, 0);
  }

  private static FeatureGuess number(ColumnSample column) {
    NumberSample numbers = column.numbers();
    boolean skewed = numbers.areSkewed();
    String range =
        "%s to %s%s"
            .formatted(
                Plain.number(numbers.least()),
                Plain.number(numbers.most()),
                skewed ? ", a few far out: by their logarithms" : "");
    return feature(
        column, ColumnKind.NUMBER, "type: number" + (skewed ? ", log1p: true" : ""), range, 1);
  }

  /** Days have no hour; what they have is a month. */
  private static FeatureGuess date(ColumnSample column) {
    String parts =
        column.areDays()
            ? "[day_of_week, month_of_year]"
            : "[hour_of_day, day_of_week, month_of_year]";
    int width = column.areDays() ? 4 : 6;
    return feature(column, ColumnKind.DATE, "type: date, parts: " + parts, "points in time", width);
  }

  private static FeatureGuess vector(ColumnSample column) {
    String options = "type: vector, size: " + column.listSize();
    String comment = "lists of %d numbers".formatted(column.listSize());
    return feature(column, ColumnKind.VECTOR, options, comment, column.listSize());
  }

  private static FeatureGuess text(ColumnSample column) {
    int common = column.texts().common();
    int tokens = TOKENS.stream().filter(size -> size >= common).findFirst().orElse(TOKENS.get(5));
    int words = Math.max(50, Math.min(MOST_WORDS, column.texts().distinct()));
    String options = "type: text, tokens: %d, vocabulary_size: %d".formatted(tokens, words);
    String comment = "texts of %.0f words, %,d different ones";
    return new FeatureGuess(
        column,
        ColumnKind.TEXT,
        options + (column.missing() == 0 ? "" : ", missing: empty"),
        Plain.formatted(comment, column.texts().mean(), column.texts().distinct())
            + missing(column),
        tokens,
        words);
  }

  private static FeatureGuess category(ColumnSample column, ColumnKind kind) {
    int distinct = column.counts().size();
    if (distinct <= LISTED) {
      List<String> known = known(column);
      String rare =
          known.size() == distinct
              ? ""
              : ", %d of one row each share a number".formatted(distinct - known.size());
      return feature(
          column,
          kind,
          "type: category, vocabulary: " + Quoted.list(known),
          names(distinct) + rare,
          known.size() + 1);
    }
    String many = (column.hasManyNames() ? "over " : "") + names(distinct);
    return distinct <= LEARNED
        ? feature(
            column,
            kind,
            "type: category, vocabulary_size: " + LEARNED,
            many + ", learned as they come",
            LEARNED + 1)
        : feature(
            column,
            kind,
            "type: category, hash_buckets: " + HASHED,
            many + ", hashed to " + HASHED + " numbers",
            HASHED + 1);
  }

  private static String names(int distinct) {
    return distinct == 1 ? "one name" : distinct + " names";
  }

  /** Of many rows, a name that one row has teaches nothing; it counts as an unknown one. */
  private static List<String> known(ColumnSample column) {
    if (column.values() < ENOUGH_ROWS) {
      return column.distinct();
    }
    List<String> often =
        column.counts().entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .toList();
    return often.isEmpty() ? column.distinct() : often;
  }

  private static FeatureGuess feature(
      ColumnSample column, ColumnKind kind, String options, String comment, int width) {
    boolean some = column.missing() > 0;
    String filled = kind == ColumnKind.NUMBER ? "mean" : "empty";
    return new FeatureGuess(
        column,
        kind,
        options + (some ? ", missing: " + filled + ", missing_indicator: true" : ""),
        comment + missing(column),
        width + (some ? 1 : 0),
        0);
  }

  private static String missing(ColumnSample column) {
    return column.missing() == 0 ? "" : Plain.formatted(", %,d missing", column.missing());
  }
}
