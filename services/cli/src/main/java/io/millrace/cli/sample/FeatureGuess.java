package io.millrace.cli.sample;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The guess for one column, as a line of settings with a comment.
 *
 * @param yaml the feature's section on one line; null if the column is left out
 * @param comment why, in words
 * @param isText whether it is prose, which needs its own input and embedding
 * @param width how many numbers the network sees
 */
record FeatureGuess(@Nullable String yaml, String comment, boolean isText, int width) {
  static final int WORDS = 5000;

  private static final int LISTED = 30;
  private static final int LEARNED = 200;
  private static final int TOKENS = 32;

  static FeatureGuess of(ColumnSample column) {
    String missing = column.missing() == 0 ? "" : ", " + column.missing() + " missing";
    if (column.values() == 0) {
      return new FeatureGuess(null, "is always empty", false, 0);
    }
    if (column.isIdentifier()) {
      return new FeatureGuess(null, "nearly every value is another", false, 0);
    }
    if (column.isNumeric()) {
      return number(column, missing);
    }
    if (column.isTime()) {
      return feature(column, "type: date", "empty", "points in time" + missing, 4);
    }
    if (column.isProse()) {
      String options = "type: text, tokens: %d, vocabulary_size: %d".formatted(TOKENS, WORDS);
      return new FeatureGuess(
          yaml(column, options, "empty", false), "words" + missing, true, TOKENS);
    }
    return category(column, missing);
  }

  private static FeatureGuess number(ColumnSample column, String missing) {
    String slips =
        column.noNumbers() == 0
            ? ""
            : ", %d are no numbers: those records become dead letters"
                .formatted(column.noNumbers());
    String comment =
        "%s to %s%s%s".formatted(plain(column.least()), plain(column.most()), missing, slips);
    return feature(column, "type: number", "mean", comment, 1);
  }

  private static FeatureGuess category(ColumnSample column, String missing) {
    int distinct = column.distinct().size();
    String comment = distinct + " names" + missing;
    if (distinct <= LISTED) {
      String names =
          column.distinct().stream().map(FeatureGuess::quoted).collect(Collectors.joining(", "));
      return feature(
          column, "type: category, vocabulary: [" + names + "]", "empty", comment, distinct + 1);
    }
    return distinct <= LEARNED
        ? feature(
            column,
            "type: category, vocabulary_size: " + LEARNED,
            "empty",
            comment + ", learned as they come",
            LEARNED + 1)
        : feature(column, "type: category, hash_buckets: 64", "empty", comment + ", hashed", 65);
  }

  private static FeatureGuess feature(
      ColumnSample column, String options, String missing, String comment, int width) {
    boolean indicated = column.missing() > 0;
    return new FeatureGuess(
        yaml(column, options, missing, indicated), comment, false, width + (indicated ? 1 : 0));
  }

  private static String yaml(
      ColumnSample column, String options, String missing, boolean indicated) {
    String ofMissing =
        column.missing() == 0
            ? ""
            : ", missing: " + missing + (indicated ? ", missing_indicator: true" : "");
    return "{field: %s, %s%s}".formatted(quoted(column.name()), options, ofMissing);
  }

  /** Returns a quoted text that is valid in both YAML and JSON. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.valueOf((long) number)
        : String.valueOf((float) number);
  }
}
