package io.millrace.cli.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A column's name as words in lower case: {@code isFraud}, {@code is_fraud} and {@code Is fraud}
 * have the same ones.
 */
record ColumnName(List<String> words) {
  ColumnName {
    words = List.copyOf(words);
  }

  static ColumnName of(String name) {
    String apart = name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", " ");
    return new ColumnName(
        Arrays.stream(apart.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  /** Returns whether the whole name is this word, also with {@code is} before it. */
  boolean is(String word) {
    return words.equals(List.of(word)) || words.equals(List.of("is", word));
  }

  boolean startsWith(String word) {
    return !words.isEmpty() && words.get(0).equals(word);
  }

  boolean endsWith(String word) {
    return !words.isEmpty() && words.get(words.size() - 1).equals(word);
  }

  /** Returns whether the last word is one of these. */
  boolean endsWithOneOf(List<String> ends) {
    return ends.stream().anyMatch(this::endsWith);
  }
}
